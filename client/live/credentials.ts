import type { Credentials } from '../../shared/protocol/events.ts';
import { forget, keep, recall } from './storage.ts';

const key = (code: string) => `build-a-brain:place:${code}`;

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

export function keepPlace(place: Credentials): void {
  keep(key(place.code), JSON.stringify(place));
}

export function forgetPlace(code: string): void {
  forget(key(code));
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
