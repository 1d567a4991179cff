import type { Refusal } from '../../shared/protocol/codes.ts';
import type { RefusedAck } from '../../shared/protocol/events.ts';

/** The answer to a message that is refused. */
export function refused(code: Refusal): RefusedAck {
  return { ok: false, code };
}

/** The answer to a message that asks for nothing but success. */
export function done(): { ok: true } {
  return { ok: true };
}
