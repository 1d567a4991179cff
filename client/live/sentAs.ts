import { REFUSALS } from '../../shared/protocol/codes.ts';
import { NO_ANSWER, type Answered } from '../../shared/live/answer.ts';
import type { Sent } from './sharedFields.ts';

/** Whether what was not taken may be sent again: a page that comes back speaks before it has its place. */
export function sentAs(answer: Answered<unknown>): Sent {
  if (answer.ok) return 'taken';
  const { tooManyRequests, internal, notAllowed } = REFUSALS;
  const again: readonly string[] = [NO_ANSWER, tooManyRequests, internal, notAllowed];
  return again.includes(answer.code) ? 'unsent' : 'refused';
}
