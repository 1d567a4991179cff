import type { PlanForm } from '../../shared/plan/planForm.ts';
import type { ScreenWelcome } from '../../shared/protocol/events.ts';
import type { ShownReplay, WallView } from '../../shared/wall.ts';
import type { LiveSocket } from './socket.ts';

/** What screens are told besides the class: how the projectors show it. Students' pages hear none of it. */
export class ScreenNews {
  /** Another object whenever an instructor has chosen, be it what was chosen before. */
  wall = $state.raw<WallView | null>(null);
  /** On a projector: whose curve an instructor points at. */
  pointed = $state<number | null>(null);
  /** The run that projectors show again in the place of the present one. */
  replay = $state.raw<ShownReplay | null>(null);
  /** On an instructor's page: how many projectors are connected. */
  projectors = $state(0);
  /** On an instructor's page: what they are putting together for the next run. */
  draft = $state.raw<PlanForm | null>(null);
  /** On an instructor's page: what gives its projector a place before others. [P97] */
  pass: string | undefined;

  constructor(socket: LiveSocket) {
    socket.on('wall', (view) => (this.wall = view));
    socket.on('pointed', (participant) => (this.pointed = participant));
    socket.on('replay', (shown) => (this.replay = shown));
    socket.on('draft', (form) => (this.draft = form));
    socket.on('projectors', (count) => (this.projectors = count));
  }

  begin({ wall, pointed, replay, projectors, draft, pass }: ScreenWelcome): void {
    this.wall = wall;
    this.pointed = pointed;
    this.replay = replay;
    this.projectors = projectors;
    this.draft = draft;
    this.pass = pass;
  }
}
