import { forget, keep, recall } from '../live/storage.ts';

const key = (code: string) => `build-a-brain:projector:${code}`;

/**
 * What makes this projector one of the instructors' [P97]: kept for a reload, and taken out of the
 * address, which everybody can read on the wall.
 * @param given behind the # of the address; empty where it was opened by hand
 */
export function takePass(code: string, given: string): string | undefined {
  if (given === '') return recall(key(code)) ?? undefined;
  keep(key(code), given);
  const address = new URL(window.location.href);
  address.hash = '';
  history.replaceState(history.state, '', address);
  return given;
}

/** Forgets it: the session is gone, and its code may become another class's. */
export function forgetPass(code: string): void {
  forget(key(code));
}
