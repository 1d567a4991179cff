import { REFUSALS } from '../../shared/protocol/codes.ts';
import { NO_ANSWER, type Answered } from '../../shared/live/answer.ts';
import type { Sent } from './sharedFields.ts';

/** Whether what was not taken may be sent again. */
export function sentAs(answer: Answered<unknown>): Sent {
  if (answer.ok) return 'taken';
  const again: readonly string[] = [NO_ANSWER, REFUSALS.tooManyRequests, REFUSALS.internal];
  return again.includes(answer.code) ? 'unsent' : 'refused';
}
