import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROTOCOL_VERSION, type Ack } from '../../../shared/protocol/events.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import { decodeFrame } from '../../../shared/protocol/frame.ts';
import { PLAN } from './classroom.ts';
import { CODE, messages, TEACHER } from './messages.ts';
import { Wire, type WireSocket } from './wire.ts';

/** Runs times messages is what is promised: 100,000. */
const RUNS = 100;
const MESSAGES = 1_000;
const SENDERS = 8;
const version = PROTOCOL_VERSION;
const CODES = new Set<string>(Object.values(REFUSALS));
/** A name that only the session beside the one under attack has. */
const WITNESS = 'Witness of the class next door';

/** A session with a run under way that nobody attacks and that nothing may reach. */
async function nextDoor(wire: Wire) {
  const opened = await wire.rooms.create();
  if ('refusal' in opened) throw new Error(opened.refusal);
  const { code, secret } = opened;
  const [teacher, student] = [wire.connect(), wire.connect()];
  await teacher.ask('instruct', { version, code, secret });
  await student.ask('join', { version, code, name: WITNESS, secret: 'w'.repeat(24) });
  await teacher.ask('prepare', PLAN);
  await teacher.ask('command', { command: 'start' });
  wire.time.pass(3_000);
  await student.ask('losses', { run: 1, from: 0, losses: [3, 2] });
  wire.time.pass(10_000);
  await wire.settle();
  const room = wire.rooms.find(code)!;
  const state = () =>
    JSON.stringify([room.view(), room.participants(), room.run?.entry(0)?.losses.slice(0)]);
  for (const each of [teacher, student]) each.heard.length = 0;
  return { code, secret, teacher, student, state };
}

/** The session under attack; another one takes its place when its instructor ends it. */
class Target {
  code = '';
  secret = '';

  constructor(private readonly wire: Wire) {}

  async open(): Promise<void> {
    if (this.wire.rooms.find(this.code)) return;
    const opened = await this.wire.rooms.create();
    if ('refusal' in opened) throw new Error(opened.refusal);
    Object.assign(this, opened);
  }

  /** A message with what the session alone knows in it. */
  filled(message: unknown): unknown {
    if (typeof message !== 'object' || message === null) return message;
    const known: Record<string, string> = { [CODE]: this.code, [TEACHER]: this.secret };
    return Object.fromEntries(
      Object.entries(message).map(([field, value]) => [
        field,
        typeof value === 'string' ? (known[value] ?? value) : value,
      ]),
    );
  }
}

function tells(said: unknown, secrets: string[]): boolean {
  if (ArrayBuffer.isView(said)) return false;
  const text = JSON.stringify(said) ?? '';
  return secrets.some((secret) => text.includes(secret));
}

/** A class in the session under attack, from whatever state it is in: its points arrive. */
async function expectWorks(wire: Wire, { code, secret }: Target): Promise<void> {
  const teacher = wire.connect();
  expect(await teacher.ask('instruct', { version, code, secret })).toMatchObject({ ok: true });
  await teacher.ask('lock', { locked: false });
  for (const command of ['stop', 'next']) await teacher.ask('command', { command });
  const student = wire.connect();
  const joining = student.ask('join', { version, code, name: 'After', secret: 'a'.repeat(24) });
  await wire.settle();
  wire.time.pass(10_000);
  const { index } = (await joining) as unknown as { index: number };
  expect(await teacher.ask('prepare', PLAN)).toEqual({ ok: true });
  expect(await teacher.ask('command', { command: 'start' })).toEqual({ ok: true });
  wire.time.pass(3_000);
  const run = wire.rooms.find(code)!.run!.number;
  const report = { run, from: 0, losses: [0.75, 0.5] };
  expect(await student.ask('losses', report)).toEqual({ ok: true, held: 2 });
  wire.time.pass(200);
  const chunks = teacher.heard
    .filter(({ event }) => event === 'frame')
    .map(({ message }) => decodeFrame(message as Uint8Array))
    .filter((frame) => frame.run === run)
    .flatMap((frame) => frame.losses.filter(({ participant }) => participant === index));
  expect(chunks.flatMap(({ values }) => [...values])).toEqual([0.75, 0.5]);
}

/** Takes senders into the session under attack as a class with a run under way, which few messages make. */
async function beginRun(
  wire: Wire,
  { code, secret }: Target,
  senders: WireSocket[],
): Promise<void> {
  const [teacher, ...students] = senders;
  await teacher!.ask('instruct', { version, code, secret });
  for (const student of students) {
    const joining = { version, code, name: 'Before', secret: 'b'.repeat(24) };
    expect(await student.ask('join', joining)).toMatchObject({ ok: true });
  }
  for (const [event, message] of [
    ['prepare', PLAN],
    ['command', { command: 'start' }],
  ] as const) {
    expect(await teacher!.ask(event, message)).toEqual({ ok: true });
  }
  wire.time.pass(3_000);
  await wire.settle();
}

const turn = fc.record({
  sender: fc.nat(SENDERS - 1),
  sent: messages,
  /** Now and then the same is sent as fast as it goes. */
  times: fc.integer({ min: 0, max: 199 }).map((chance) => (chance === 0 ? 70 : 1)),
  /** Hangs up right after it has sent. */
  leaves: fc.integer({ min: 0, max: 99 }).map((chance) => chance === 0),
  pause: fc.integer({ min: 0, max: 400 }),
});

it(`[P1] [P2] ${RUNS * MESSAGES} random and mutated messages: no crash, no leak, and the room still works`, async () => {
  const turns = fc.array(turn, { minLength: MESSAGES, maxLength: MESSAGES, size: 'max' });
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.boolean(), turns, async (isRunning, sequence) => {
      const wire = new Wire();
      const witness = await nextDoor(wire);
      const before = witness.state();
      const secrets = [WITNESS, witness.code, witness.secret];
      const target = new Target(wire);
      await target.open();
      const senders: (WireSocket | undefined)[] = [];
      const used = new Set<WireSocket>();
      if (isRunning) {
        for (let k = 0; k < SENDERS / 2; k++) used.add((senders[k] = wire.connect()));
        await beginRun(wire, target, [...used]);
      }
      const answers: Ack[] = [];
      let sent = 0;
      for (const { sender, sent: said, times, leaves, pause } of sequence) {
        let socket = senders[sender];
        if (!socket?.connected) used.add((socket = senders[sender] = wire.connect()));
        const message = target.filled(said.message);
        for (let k = 0; k < times; k++) {
          sent += 1;
          void socket.ask(said.event, message).then((ack) => answers.push(ack));
        }
        if (leaves) socket.disconnect();
        wire.time.pass(pause);
        await wire.settle();
        if (said.event === 'end') await target.open();
      }
      for (let k = 0; k < 5; k++) {
        wire.time.pass(10_000);
        await wire.settle();
      }
      expect(answers.length).toBe(sent);
      for (const ack of answers) {
        const code = ack.ok ? 'ok' : ack.code;
        seen.set(code, (seen.get(code) ?? 0) + 1);
      }
      const said = [...used].flatMap(({ heard }) => heard.map(({ message }) => message));
      expect([...answers, ...said].filter((each) => tells(each, secrets))).toEqual([]);
      expect(wire.failures).toEqual([]);
      expect([witness.teacher.heard, witness.student.heard]).toEqual([[], []]);
      expect(witness.state()).toBe(before);
      expect(wire.rooms.codes.sort()).toEqual([witness.code, target.code].sort());

      for (const socket of senders) socket?.disconnect();
      expect(wire.rooms.find(target.code)?.isOccupied).toBe(false);
      await expectWorks(wire, target);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  const codes = [...seen.keys()];
  expect(codes.filter((code) => code !== 'ok' && !CODES.has(code))).toEqual([]);
  expect(codes).not.toContain('internal');
  // The messages went deep: these are refused or taken only where everything else was right.
  for (const code of ['ok', 'gap', 'bad_losses', 'wrong_phase', 'removed', 'too_many_requests']) {
    expect(seen.get(code) ?? 0, code).toBeGreaterThan(0);
  }
}, 120_000);
