import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SlowLine, type Place } from '../../../server/guard/slowLine.ts';
import { Tickets } from '../../../server/guard/tickets.ts';
import { SLOW_LINE } from '../../../shared/limits.ts';
import { FakeTime } from './fakeTime.ts';

const { pause, places, inAll } = SLOW_LINE;

function lines(random = () => 0) {
  const time = new FakeTime();
  const line = new SlowLine(time, random);
  /** Who has had a turn, and when. */
  const turns: [who: string, at: number][] = [];
  const begin = time.now();
  const enter = (key: string, who = key): Place => {
    const place = line.enter(key);
    if (typeof place === 'number') throw new Error('no place');
    void place.turn.then((has) => has && turns.push([who, time.now() - begin]));
    return place;
  };
  /** Lets time pass so that each answer is noted at its time. */
  const pass = async (ms: number) => {
    for (let k = 0; k < ms; k += pause / 2) {
      time.pass(Math.min(pause / 2, ms - k));
      await Promise.resolve();
    }
  };
  return { line, enter, pass, turns };
}

it('[P95] one after the other has a turn, and none is kept for who has left', async () => {
  const { enter, pass, turns } = lines();
  const [, second] = ['a', 'b', 'c'].map((who) => enter('school', who));
  enter('elsewhere');
  second!.giveUp();
  await pass(4 * pause);
  expect(turns).toEqual([
    ['a', pause],
    ['elsewhere', pause],
    ['c', 2 * pause],
  ]);
  expect(await second!.turn).toBe(false);
});

it('[P95] the turn is drawn by lot: who guesses and asks again at once keeps nobody out', async () => {
  let seed = 1;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const { line, enter, pass, turns } = lines(random);
  const crowd = () => {
    for (let k = 0; k < 20; k++) if (typeof line.enter('school') === 'number') return;
  };
  crowd();
  enter('school', 'teacher');
  for (let k = 0; k < 200 && turns.length === 0; k++) {
    await pass(pause);
    // The place that has come free is taken at once.
    line.enter('school');
  }
  expect(turns.map(([who]) => who)).toEqual(['teacher']);
});

it('[P95] as many as there are places wait, in one line and in all of them', async () => {
  const { line, enter, pass } = lines();
  for (let k = 0; k < places; k++) enter('school');
  expect(line.enter('school')).toBe(pause);
  for (let k = places; k < inAll; k++) enter(`address ${k}`);
  expect(line.enter('one more')).toBe(pause);
  await pass(pause);
  enter('one more');
  await pass(places * pause);
  // Who comes and goes at once does not fill the memory either.
  for (let k = 0; k < inAll; k++) enter(`address ${k}`).giveUp();
  expect(line.enter('one more')).toBe(pause);
});

it('[P95] however people come and go, no two turns of one line are closer than its pause', async () => {
  const acts = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 2 }), leaves: fc.boolean() }), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(acts, async (people) => {
      const { line, enter, pass, turns } = lines();
      for (const [k, { wait, leaves }] of people.entries()) {
        const place = line.enter('school');
        if (typeof place !== 'number') {
          place.giveUp();
          const other = enter('school', String(k));
          if (leaves) other.giveUp();
        }
        await pass((wait * pause) / 2);
      }
      const times = turns.map(([, at]) => at);
      expect(times.every((at, k) => k === 0 || at - times[k - 1]! >= pause)).toBe(true);
      expect(times[0] ?? pause).toBeGreaterThanOrEqual(pause);
    }),
  );
});

it('[P95] a ticket is told from every other text, outlives the server and ends with the password', () => {
  const ours = new Tickets('correct horse');
  const ticket = ours.issue();
  const holder = new Tickets('correct horse').holder(ticket);
  expect(holder).toBe(ticket.split('.')[0]);
  expect(ours.holder(ours.issue())).not.toBe(holder);
  expect(new Tickets('battery staple').holder(ticket)).toBeNull();
  for (const text of ['', '.', holder!, `${holder}.`, `x${ticket}`, ticket.slice(0, -2)]) {
    expect(ours.holder(text)).toBeNull();
  }
});
