/**
 * What the rows of a sound session say. A disk, or a hand, may have changed them since they were
 * written: a room must never be made of what it would not have stored.
 */
import * as v from 'valibot';
import { MAX_ADMITTED, MAX_STEPS, MAX_WINDOWS } from '../../../shared/limits.ts';
import { NAME_LANGUAGES } from '../../../shared/nicknames/words.ts';
import { FORM, SCHEMAS, WALL } from '../../../shared/protocol/schemas.ts';
import { BETS } from '../../../shared/run/bets.ts';
import { PHASES } from '../../../shared/session.ts';
import { USUAL_WALL } from '../../../shared/wall.ts';
import type { ParticipantRecord, RunRecord, SessionRecord } from '../store.ts';

const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
const finite = v.pipe(v.number(), v.finite());
const time = v.pipe(v.number(), v.safeInteger());
/** Of SHA-256, in hexadecimal. */
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const participant = count(MAX_ADMITTED - 1);
const steps = count(MAX_STEPS);

/** What a wall of an older version does not say yet is as usual. */
const wall = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((fields) => ({ ...USUAL_WALL, ...fields })),
  WALL,
);

export const SESSION = v.object({
  instructorHash: hash,
  createdAt: time,
  usedAt: time,
  locked: v.boolean(),
  pseudonyms: v.nullable(v.picklist(NAME_LANGUAGES)),
  // How another version's wall stood, or what was typed into its form, is no reason to lose a class.
  wall: v.fallback(v.nullable(wall), null),
  draft: v.fallback(v.nullable(FORM), null),
  phase: v.picklist(PHASES),
}) satisfies v.GenericSchema<unknown, SessionRecord>;

export const PARTICIPANT = v.object({
  index: participant,
  name: v.pipe(v.string(), v.nonEmpty()),
  secretHash: hash,
  simulated: v.boolean(),
  removed: v.boolean(),
}) satisfies v.GenericSchema<unknown, ParticipantRecord>;

const clock = v.variant('kind', [
  v.object({
    kind: v.literal('paced'),
    step: steps,
    at: finite,
    stepsPerSecond: v.pipe(finite, v.gtValue(0)),
    until: steps,
  }),
  v.object({
    kind: v.literal('race'),
    at: finite,
    going: v.boolean(),
    // Races of an earlier version did not say it.
    gone: v.optional(finite, 0),
  }),
]);

const verdict = v.variant('state', [
  v.object({ state: v.literal('verified') }),
  v.object({ state: v.literal('refuted'), atStep: steps }),
  v.object({ state: v.literal('unchecked') }),
]);

export const RUN = v.object({
  number: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0xffff)),
  plan: SCHEMAS.prepare,
  reference: v.nullable(finite),
  clock: v.nullable(clock),
  arrived: count(MAX_WINDOWS),
  rates: v.array(v.object({ participant, rate: v.nullable(v.pipe(finite, v.gtValue(0))) })),
  bets: v.array(v.object({ participant, bet: v.picklist(BETS) })),
  verdicts: v.array(v.object({ participant, verdict })),
}) satisfies v.GenericSchema<unknown, RunRecord>;
