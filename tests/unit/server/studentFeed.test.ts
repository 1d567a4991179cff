import type { Pace } from '../../../shared/clock.ts';
import { describe, expect, it } from 'vitest';
import { remove } from '../../../server/rooms/conduct.ts';
import { BAND_QUANTILES, type Frame } from '../../../shared/protocol/frame.ts';
import type { ParticipantView, Place } from '../../../shared/protocol/views.ts';
import { MAX_WINDOWS, STUDENT_FEED, TIMING } from '../../../shared/limits.ts';
import { Classroom, PLAN } from './classroom.ts';

const { wholeClass, leaders, followed } = STUDENT_FEED;
/** Every student's share of 2 kB/s, without answers and what one student alone is told. */
const SECOND = 1_000;

/** A class under way whose student k has the loss k + 1 at every window. */
function classOf(students: number, steps = 100, pace: Pace = PLAN.pace): Classroom {
  const classroom = new Classroom();
  for (let k = 0; k < students; k++) classroom.join(`S${k}`);
  classroom.run({ settings: { ...PLAN.settings, steps }, pace });
  classroom.time.pass(2 * TIMING.place);
  classroom.said = [];
  return classroom;
}

/** Everybody reports window `k`. */
function reportAll(classroom: Classroom, students: number, k: number, loss = (s: number) => s + 1) {
  for (let s = 0; s < students; s++) classroom.losses(s, k, [loss(s)]);
}

const curvesOf = (frames: readonly Frame[]) => frames.flatMap(({ curves = [] }) => curves);
const participantsOf = (frames: readonly Frame[]) =>
  new Set(curvesOf(frames).map(({ participant }) => participant));
const viewsOf = (heard: readonly { event: string; message: unknown }[]) =>
  heard
    .filter(({ event }) => event === 'roster')
    .flatMap(({ message }) => message as ParticipantView[]);

describe('what students are told', () => {
  it('[P40] everybody of a class that is small enough, nobody of a band', () => {
    const classroom = classOf(wholeClass);
    reportAll(classroom, wholeClass, 0);
    classroom.time.pass(TIMING.studentTick);
    const frames = Classroom.frames(classroom.heard());
    expect(participantsOf(frames).size).toBe(wholeClass);
    expect(frames.some(({ band }) => band)).toBe(false);
    expect(frames[0]?.standings?.order).toHaveLength(wholeClass);
  });

  it('[P40] of a larger class the leaders and the quantiles, once it has leaders', () => {
    const students = 300;
    const classroom = classOf(students);
    for (let k = 0; k < 3; k++) reportAll(classroom, students, k);
    classroom.time.pass(2 * TIMING.studentTick);
    const heard = classroom.heard();
    const frames = Classroom.frames(heard);
    expect([...participantsOf(frames)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(viewsOf(heard).map(({ name }) => name)).toContain('S7');
    const bands = frames.flatMap(({ band }) => band ?? []);
    expect(bands[0]?.from).toBe(0);
    const values = bands.flatMap((band) => [...band.values]);
    expect(values).toHaveLength(3 * BAND_QUANTILES.length);
    values.slice(0, 5).forEach((value, q) => {
      expect(value / (BAND_QUANTILES[q]! * students + 1)).toBeCloseTo(1, 2);
    });
    expect(frames[0]?.standings).toEqual({ arrived: 3, order: [0, 1, 2, 3, 4, 5, 6, 7] });
  });

  it('[P41] a byte more for each student costs each student none: frames stay within the share', () => {
    for (const students of [31, 300]) {
      const seconds = 5;
      const classroom = classOf(students);
      // The order turns round each second, so that the leaders change as much as they can.
      for (let k = 0; k < 10 * seconds; k++) {
        reportAll(classroom, students, k, (s) =>
          Math.floor(k / 10) % 2 === 0 ? s + 1 : students - s,
        );
        classroom.time.pass(SECOND / 10);
      }
      const bytes = classroom
        .heard()
        .filter(({ event }) => event === 'frame')
        .reduce((sum, { message }) => sum + (message as Uint8Array).byteLength, 0);
      const share = Math.max(
        STUDENT_FEED.bytesPerSecond,
        STUDENT_FEED.classBytesPerSecond / students,
      );
      expect(bytes / seconds, `${students} students`).toBeLessThan(share * 1.2);
      expect(bytes).toBeGreaterThan(0);
    }
  });

  it('[P41] a larger class is told less often, and its students report less often', () => {
    const classroom = new Classroom();
    for (let k = 0; k < 3_000; k++) classroom.join(`S${k}`);
    expect(classroom.room.view().reportEvery).toBe(TIMING.slowestReport);
    classroom.time.pass(SECOND);
    classroom.said = [];
    classroom.join('one more');
    classroom.time.pass(SECOND);
    expect(classroom.heard()).toEqual([{ to: 'students', event: 'people', message: 3_001 }]);
  });

  it('[P40] a new leader is shown from its first point, and who falls far behind no longer', () => {
    const students = 100;
    const classroom = classOf(students);
    reportAll(classroom, students, 0);
    classroom.time.pass(SECOND);
    classroom.said = [];
    reportAll(classroom, students, 1, (s) => students - s);
    classroom.time.pass(3 * SECOND);
    const heard = classroom.heard();
    const first = curvesOf(Classroom.frames(heard)).find(({ participant }) => participant === 99);
    expect(first).toMatchObject({ from: 0, values: Float32Array.of(100, 1) });
    const gone = heard.flatMap(({ event, message }) => (event === 'gone' ? message : []));
    expect(gone).toContain(0);
    expect(viewsOf(heard).map(({ index }) => index)).toContain(99);
  });

  it('[P40] what most students follow is shown, whatever its rank', () => {
    const students = 60;
    const classroom = classOf(students);
    for (let s = 0; s < 10; s++) classroom.room.pin(s, 50 + Math.floor(s / 2));
    reportAll(classroom, students, 0);
    classroom.time.pass(SECOND);
    const shown = participantsOf(Classroom.frames(classroom.heard()));
    expect(shown.size).toBe(leaders + followed);
    expect([...shown].filter((participant) => participant >= 50)).toEqual([50, 51, 52, 53]);
  });

  it('[P42] each its own rank and neighbours, at most once a second', () => {
    const students = 40;
    const classroom = classOf(students);
    for (let k = 0; k < 9; k++) {
      reportAll(classroom, students, k, (s) => (s + k) % students);
      classroom.time.pass(SECOND / 10);
    }
    const places = classroom.heard('S7').filter(({ event }) => event === 'place');
    expect(places).toHaveLength(1);
    classroom.time.pass(2 * SECOND);
    reportAll(classroom, students, 9);
    classroom.time.pass(2 * SECOND);
    const place = classroom.heard('S7').findLast(({ event }) => event === 'place')!;
    expect(place.message).toMatchObject({
      rank: 8,
      of: students,
      ahead: { name: 'S6' },
      behind: { name: 'S8' },
    } satisfies Partial<Record<keyof Place, unknown>>);
  });

  it('[P42] no rank for who diverged or is behind; nobody stands next to them', () => {
    const classroom = classOf(3);
    reportAll(classroom, 3, 0);
    classroom.time.pass(2 * SECOND);
    classroom.losses(0, 0, [1, 1, 1]);
    classroom.losses(1, 1, [], 1);
    classroom.losses(2, 0, [3, 3, 3]);
    classroom.time.pass(2 * SECOND);
    const placeOf = (name: string) =>
      classroom.said.findLast(({ to, event }) => to === name && event === 'place')?.message;
    expect(placeOf('S0')).toMatchObject({ rank: 1, of: 2, ahead: null, behind: { name: 'S2' } });
    expect(placeOf('S1')).toEqual({ rank: null, of: 2, ahead: null, behind: null });
    expect(placeOf('S2')).toMatchObject({ rank: 2, ahead: { name: 'S0' }, behind: null });
  });

  it('[P21] all that is outstanding, own places too, before the end of the run', () => {
    const students = 40;
    const classroom = classOf(students, 4);
    for (let k = 0; k < 4; k++) reportAll(classroom, students, k);
    classroom.time.pass(TIMING.tick);
    expect(classroom.room.phase).toBe('finished');
    const events = classroom.said
      .filter(({ to }) => to === 'students' || to === 'S3')
      .map(({ event }) => event);
    expect(events.lastIndexOf('frame')).toBeLessThan(events.lastIndexOf('session'));
    expect(events.lastIndexOf('place')).toBeLessThan(events.lastIndexOf('session'));
    expect(events).toContain('place');
  });

  it('[P20] [P40] a late student gets what the others have, and its own column unrounded', () => {
    const students = 50;
    const classroom = classOf(students);
    for (let k = 0; k < 5; k++) reportAll(classroom, students, k, (s) => (s + 1) / 3);
    classroom.time.pass(SECOND);
    classroom.said = [];
    classroom.room.sendSnapshot('S49', 49);
    classroom.room.sendSnapshot('S48', 48);
    const [shared, own] = Classroom.frames(classroom.heard('S49'));
    expect(curvesOf([shared!])).toHaveLength(leaders);
    expect(shared?.band?.values).toHaveLength(5 * BAND_QUANTILES.length);
    const loss = Math.fround(50 / 3);
    expect(own?.losses).toMatchObject([
      { participant: 49, from: 0, values: new Float32Array(5).fill(loss) },
    ]);
  });

  it('[P40] a welcome tells a student of itself and the shown, a screen of everybody', () => {
    const classroom = classOf(100);
    reportAll(classroom, 100, 0);
    classroom.time.pass(SECOND);
    const late = classroom.join('Late');
    expect(late.participants.map(({ name }) => name)).toEqual([
      ...Array.from({ length: leaders }, (_, k) => `S${k}`),
      'Late',
    ]);
    expect(late.people).toBe(101);
    expect(classroom.room.welcome('projector').participants).toHaveLength(101);
  });

  it('nothing more when nothing changes, nor of one who was removed', () => {
    const classroom = classOf(40);
    reportAll(classroom, 40, 0);
    remove(classroom.room, 0);
    classroom.time.pass(TIMING.silence + 10 * SECOND);
    classroom.said = [];
    classroom.time.pass(60 * SECOND);
    expect(classroom.said).toEqual([]);
    classroom.room.sendSnapshot('S1', 1);
    const [shared] = Classroom.frames(classroom.heard('S1'));
    expect(shared?.curves?.map(({ participant }) => participant)).not.toContain(0);
  });

  it('a slow few hold up nobody’s band, and a race is caught up in pieces', () => {
    const students = 100;
    const classroom = classOf(students, MAX_WINDOWS, { kind: 'race' });
    const whole = Array.from({ length: 200 }, () => 1);
    for (let s = 0; s < students - 5; s++) classroom.losses(s, 0, whole);
    classroom.time.pass(TIMING.crowdTick);
    const sizes = () =>
      Classroom.frames(classroom.heard()).map(
        ({ band }) => (band?.values.length ?? 0) / BAND_QUANTILES.length,
      );
    expect(sizes()).toEqual([STUDENT_FEED.bandWindows]);
    classroom.time.pass(3 * TIMING.crowdTick);
    expect(sizes().reduce((sum, size) => sum + size, 0)).toBe(200 - STUDENT_FEED.bandWindows);
  });
});
