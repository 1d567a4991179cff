import type { Credentials } from '../../shared/protocol/events.ts';
import { forget, keep, recall } from './storage.ts';

const key = (code: string) => `build-a-brain:place:${code}`;
const joiningKey = (code: string) => `build-a-brain:joining:${code}`;

/** Random bytes of a participant's secret. */
const SECRET_BYTES = 18;

/** The place that this device has in a session, kept so that a reload takes it again. */
export function keptPlace(code: string): Credentials | null {
  const text = recall(key(code));
  if (text === null) return null;
  try {
    const kept: unknown = JSON.parse(text);
    return isPlace(kept) && kept.code === code ? kept : null;
  } catch {
    return null;
  }
}

/**
 * The secret of a join whose answer has not arrived, kept so that its repeat, also after a reload,
 * is the same join. `getRandomValues` is there on plain http addresses as well.
 */
export function joiningSecret(code: string): string {
  const kept = recall(joiningKey(code));
  if (kept !== null) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  const secret = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  keep(joiningKey(code), secret);
  return secret;
}

export function keepPlace(place: Credentials): void {
  forget(joiningKey(place.code));
  keep(key(place.code), JSON.stringify(place));
}

export function forgetPlace(code: string): void {
  forget(key(code));
  forget(joiningKey(code));
}

function isPlace(kept: unknown): kept is Credentials {
  if (typeof kept !== 'object' || kept === null) return false;
  const place = kept as Partial<Record<keyof Credentials, unknown>>;
  return (
    typeof place.code === 'string' &&
    typeof place.secret === 'string' &&
    Number.isInteger(place.index)
  );
}
