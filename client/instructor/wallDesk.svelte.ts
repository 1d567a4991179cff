import { onDestroy, untrack } from 'svelte';
import { TIMING } from '../../shared/limits.ts';
import { staysPointed, type WallChange, type WallView } from '../../shared/wall.ts';
import type { LiveSession } from '../live/connection.svelte.ts';
import { sentAs } from '../live/sentAs.ts';
import { SharedFields } from '../live/sharedFields.ts';
import { keep, recall } from '../live/storage.ts';
import { ConductedView } from '../wall/conductedView.svelte.ts';
import type { Ask } from './ask.ts';
import { pointAt } from './finger.svelte.ts';

const KEY = 'build-a-brain:wall';

/**
 * Whether the projectors follow this page.
 * @param usually whether they do where nobody has said so
 */
export function followsUsually(usually: boolean): boolean {
  const kept = recall(KEY);
  return kept === null ? usually : kept === 'follows';
}

/** One instructor's page as the desk from which the projectors are conducted. */
export class WallDesk {
  readonly view: ConductedView;
  private following = $state(false);
  private readonly choices: SharedFields<WallView>;

  /** @param usually whether the projectors follow a page of this size where nobody has said so */
  constructor(
    private readonly session: LiveSession,
    private readonly ask: Ask,
    usually: boolean,
  ) {
    this.view = new ConductedView(session);
    this.following = followsUsually(usually);
    this.choices = new SharedFields({
      send: async (change) => sentAs(await session.request('wall', change)),
      take: (wall) => this.view.take(wall, session.view?.run?.settings),
      pause: TIMING.conducting,
    });
    $effect(() => {
      const { wall } = session.screen;
      if (wall && this.following) untrack(() => this.choices.receive(wall));
    });
    $effect(() => {
      const { wall } = this.view;
      if (this.following) untrack(() => this.choices.offer(wall));
    });
    pointAt(session, () => (this.following ? this.view.focus.hovered : null));
    // What could not be sent while the page was away goes out when it is back.
    $effect(() => {
      if (session.status.state === 'live') untrack(() => this.choices.again());
    });
    let phase = session.view?.phase;
    $effect(() => {
      const before = phase;
      phase = session.view?.phase;
      if (!staysPointed(before, phase)) untrack(() => (this.view.focus.hovered = null));
    });
    onDestroy(() => this.choices.end());
  }

  /** Whether what is chosen and pointed at on this page is so on the projectors as well. */
  get follows(): boolean {
    return this.following;
  }

  /** From then on the projectors show what this page shows. */
  follow(following: boolean): void {
    keep(KEY, following ? 'follows' : 'alone');
    const { wall } = this.session.screen;
    if (following && wall) {
      this.view.beside = wall.beside;
      this.choices.begin(wall, this.view.wall);
    }
    this.following = following;
  }

  /**
   * Has the projectors show something, whether or not they follow this page; of the present run, so
   * that a replay gives way to it.
   */
  conduct(change: WallChange): void {
    if (this.session.screen.replay) this.endReplay();
    // Where they follow, the page's own view changes as soon as the room has told so.
    void this.ask('wall', change);
  }

  /** Has the projectors show the present run again, whichever page shows another there. [P105] */
  endReplay(): void {
    void this.ask('replay', { shown: 'end' });
  }
}
