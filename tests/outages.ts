import { expect } from 'vitest';
import type { RunPlan } from '../shared/protocol/views.ts';
import { expectSameBits, observe } from './browser/headless.ts';
import { fill } from './crew.ts';
import { accepted, connect, type TestClient } from './integration/client.ts';
import { network } from './proxy.ts';
import { createSession, startServer } from './support.ts';

const STEADY = 8;
const FAR = 4;
/** Ms that data of those behind the bad network is under way, at the most. */
const DELAY = 30;

/** What happens to the network of a third of the class, from one step of the run to another. */
export interface Outage {
  how: 'stall' | 'cut' | 'lose';
  from: number;
  to: number;
}

export interface Endured {
  /** Windows at which the class was ranked when an outage began and when it ended. */
  arrived: { before: number; after: number }[];
  /** Windows of one student behind the network that came through during an outage, at the most. */
  through: number;
  /** The longest that the instructor heard nothing during an outage, in ms. */
  longestSilence: number;
}

/**
 * A class of twelve trains while a third of it loses its network, again and again; everybody has to
 * end with the curve of an undisturbed run.
 * @param plan a pace, and a window for each step
 */
export async function endure(plan: RunPlan, outages: readonly Outage[]): Promise<Endured> {
  const server = await startServer();
  const { code, secret } = await createSession(server.url);
  const teacher = await connect(server.url);
  accepted(await teacher.instruct(code, secret));
  const wifi = await network(server.url, DELAY);
  await fill(server.url, code, STEADY, 'Near');
  await fill(wifi.url, code, FAR, 'Far');
  accepted(await teacher.ask('prepare', plan));
  accepted(await teacher.ask('command', { command: 'start' }));

  const arrived: Endured['arrived'] = [];
  const heard: number[] = [];
  let longestSilence = 0;
  let through = 0;
  const far = () => everybody.slice(STEADY).map((index) => held(teacher, index));
  teacher.socket.on('frame', () => heard.push(performance.now()));
  for (const { how, from, to } of outages) {
    await teacher.until(() => held(teacher, 0) >= from);
    const before = arrivedAt(teacher);
    wifi[how]();
    const farBefore = far();
    heard.splice(0, heard.length, performance.now());
    await teacher.until(() => held(teacher, 0) >= to);
    through = Math.max(through, ...far().map((windows, k) => windows - farBefore[k]!));
    arrived.push({ before, after: arrivedAt(teacher) });
    const silences = heard.slice(1).map((at, k) => at - heard[k]!);
    longestSilence = Math.max(longestSilence, ...silences);
    wifi.mend();
  }
  await teacher.until(() => teacher.session?.phase === 'finished');
  // Whoever was given up on at the end brings what is missing afterwards.
  const windows = plan.settings.steps;
  await teacher.until(() => everybody.every((index) => held(teacher, index) === windows));
  const { welcome, frame } = await observe(server.url, code);
  expect(welcome.participants.length).toBe(STEADY + FAR);
  await expectSameBits(welcome.session.run!, welcome.participants, frame);
  return { arrived, through, longestSilence };
}

const everybody = Array.from({ length: STEADY + FAR }, (_, index) => index);

/** Windows of a participant that the instructor has. */
function held({ frames }: TestClient, participant: number): number {
  for (let k = frames.length - 1; k >= 0; k--) {
    const chunk = frames[k]!.losses.find((each) => each.participant === participant);
    if (chunk) return chunk.from + chunk.values.length;
  }
  return 0;
}

function arrivedAt({ frames }: TestClient): number {
  return frames.findLast(({ standings }) => standings)?.standings?.arrived ?? 0;
}
