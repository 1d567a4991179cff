import { t } from '../i18n/i18n.svelte.ts';
import type { LiveSession } from '../live/connection.svelte.ts';
import { runPicture } from '../pictures/runPicture.ts';
import type { WallDesk } from './wallDesk.svelte.ts';

/** What can stand on the page of a run. */
export type Shown = 'curves' | 'picture' | 'board' | 'sweep' | 'class' | 'guess' | 'brain';
/** What stands beside the charts on a wide page. */
const BESIDES = ['board', 'class', 'guess', 'brain'] as const;
export type Beside = (typeof BESIDES)[number];

interface Tab<View extends Shown> {
  value: View;
  label: string;
}

function isBeside(tab: Tab<Shown>): tab is Tab<Beside> {
  return (BESIDES as readonly Shown[]).includes(tab.value);
}

/** What stands on the projectors where they follow this page's tabs; the others they always show. */
const ON_WALL = { picture: 'picture', guess: 'bets', brain: 'brain' } as const;

/** The tabs of a run: of a narrow page all in one row, of a wide one the charts' and those beside. */
export class LiveTabs {
  readonly picture = $derived.by(() => runPicture(this.session.view?.run?.settings));
  private readonly bets = $derived.by(() => this.session.view?.run?.bets === true);
  private readonly isOver = $derived.by(() => this.session.view?.phase === 'finished');
  private shown = $state<Shown>('curves');
  private chosenBeside = $state<Beside>('board');

  readonly all = $derived.by(() => {
    const views: Tab<Shown>[] = [{ value: 'curves', label: t('instructor.view.curves') }];
    if (this.picture !== null) {
      views.push({ value: 'picture', label: t(`instructor.view.${this.picture}`) });
    }
    for (const value of ['board', 'sweep', 'class'] as const) {
      views.push({ value, label: t(`instructor.view.${value}`) });
    }
    if (this.bets) views.push({ value: 'guess', label: t('guess.short') });
    if (this.isOver) views.push({ value: 'brain', label: t('brain.title') });
    return views;
  });

  readonly besides = $derived(this.all.filter(isBeside));

  constructor(
    private readonly session: LiveSession,
    private readonly desk: WallDesk,
  ) {}

  /** What the narrow page shows; the curves where what was chosen has gone. */
  get narrow(): Shown {
    return this.isThere(this.shown) ? this.shown : 'curves';
  }

  get main(): 'curves' | 'picture' {
    return this.shown === 'picture' && this.picture !== null ? 'picture' : 'curves';
  }

  get beside(): Beside {
    return this.isThere(this.chosenBeside) ? this.chosenBeside : 'board';
  }

  turnMain(view: Shown): void {
    this.shown = view;
    this.turned(view);
  }

  turnBeside(view: Beside): void {
    this.chosenBeside = view;
    this.turned(view);
  }

  private isThere(view: Shown): boolean {
    return this.all.some(({ value }) => value === view);
  }

  private turned(view: Shown): void {
    const on = Object.entries(ON_WALL).find(([tab]) => tab === view)?.[1];
    if (this.desk.follows && on) this.desk.view.beside = on;
  }
}
