import { io, type Socket } from 'socket.io-client';
import { expect, onTestFinished } from 'vitest';
import { loadRunData } from '../../server/data/runData.ts';
import {
  PROTOCOL_VERSION,
  type Ack,
  type ClientEvents,
  type ServerEvents,
  type Welcome,
} from '../../shared/protocol/events.ts';
import { decodeFrame, type Frame } from '../../shared/protocol/frame.ts';
import type { ParticipantView, RunPlan } from '../../shared/protocol/views.ts';
import { createLearner } from '../../shared/run/learner.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import { Training } from '../../shared/run/training.ts';

/** The session and all its columns, as a projector that opens now is sent them. */
export async function observe(
  url: string,
  code: string,
): Promise<{ welcome: Welcome; frame: ArrayBuffer | Uint8Array }> {
  const socket: Socket<ServerEvents, ClientEvents> = io(url, { forceNew: true });
  onTestFinished(() => void socket.disconnect());
  const frame = new Promise<ArrayBuffer | Uint8Array>((resolve) => socket.once('frame', resolve));
  const welcome = await new Promise<Ack<Welcome>>((resolve) =>
    socket.emit('watch', { version: PROTOCOL_VERSION, code }, resolve),
  );
  if (!welcome.ok) throw new Error(welcome.code);
  return { welcome, frame: await frame };
}

/** The run of one learning rate, trained here from its first step to its last. */
export async function undisturbed(settings: RunSettings, rate: number): Promise<Training> {
  const { data, space } = await loadRunData(settings);
  const training = new Training(settings, createLearner(settings, rate, data, space));
  training.advance(settings.steps, () => false);
  return training;
}

/** Holds what the server has of each participant against an undisturbed run, bit for bit. */
export async function expectSameBits(
  plan: Pick<RunPlan, 'settings'>,
  participants: ParticipantView[],
  snapshot: ArrayBuffer | Uint8Array,
): Promise<void> {
  const frame: Frame = decodeFrame(snapshot);
  for (const { index, rate, name, status } of participants) {
    const expected = await undisturbed(plan.settings, rate!);
    const losses = frame.losses.find((chunk) => chunk.participant === index);
    expect(losses?.from ?? 0, name).toBe(0);
    expect(losses?.values ?? new Float32Array(0), name).toEqual(expected.losses.slice(0).slice());
    const evaluations = frame.evaluations.find((chunk) => chunk.participant === index);
    expect(evaluations?.values ?? new Float32Array(0), name).toEqual(
      expected.evaluations.slice(0).slice(),
    );
    expect(status, name).toEqual(
      expected.divergedAt === null
        ? { state: 'done' }
        : { state: 'diverged', atStep: expected.divergedAt },
    );
  }
}
