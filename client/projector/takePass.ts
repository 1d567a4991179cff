import { keep, recall } from '../live/storage.ts';

/**
 * What makes this projector one of the instructors' [P97]: kept for a reload, and taken out of the
 * address, which everybody can read on the wall.
 * @param given behind the # of the address; empty where it was opened by hand
 */
export function takePass(code: string, given: string): string | undefined {
  const key = `build-a-brain:projector:${code}`;
  if (given === '') return recall(key) ?? undefined;
  keep(key, given);
  const address = new URL(window.location.href);
  address.hash = '';
  history.replaceState(history.state, '', address);
  return given;
}
