import { betCount } from '../guess/tally.ts';
import type { ChartSession } from '../charts/chartSession.ts';
import { t } from '../i18n/i18n.svelte.ts';
import { runPicture } from '../pictures/runPicture.ts';
import type { Phase } from '../../shared/session.ts';
import type { Beside } from '../../shared/wall.ts';

export type Shown = Exclude<Beside, 'usual'>;

/** What decides about what can stand beside the curves. */
export interface Moment {
  phase: Phase | undefined;
  /** Whether there is a picture of what the models look like. */
  hasPicture: boolean;
  /** Whether anybody has guessed. */
  hasBets: boolean;
}

/** What can stand beside the curves now; `curves` is nothing, so that they have all the room. */
export function besides({ phase, hasPicture, hasBets }: Moment): Shown[] {
  const all: Shown[] = ['curves'];
  if (hasPicture) all.push('picture');
  if (hasBets) all.push('bets');
  if (phase === 'finished') all.push('brain');
  return all;
}

/** What stands there, where `chosen` was chosen: the usual of the moment where that cannot be had. */
export function besideOf(chosen: Beside, moment: Moment): Shown {
  const found = besides(moment).find((each) => each === chosen);
  if (found) return found;
  if (moment.phase === 'finished' && moment.hasBets) return 'bets';
  if (moment.hasPicture) return 'picture';
  return moment.phase === 'finished' ? 'brain' : 'curves';
}

/** The moment of a session, as both its projectors and its instructors' pages see it. */
export function momentOf({ view, participants }: Pick<ChartSession, 'view' | 'participants'>) {
  const picture = runPicture(view?.run?.settings);
  const hasBets = view?.run?.bets === true && betCount(participants.values()).placed > 0;
  return { phase: view?.phase, picture, hasPicture: picture !== null, hasBets };
}

/** What the choices are called. */
export function besideText(shown: Shown, picture: ReturnType<typeof runPicture>): string {
  switch (shown) {
    case 'curves':
      return t('instructor.wall.curves');
    case 'picture':
      return picture === null ? '' : t(`instructor.view.${picture}`);
    case 'bets':
      return t('guess.short');
    case 'brain':
      return t('brain.title');
  }
}
