import type { ScreenWelcome } from '../../shared/protocol/events.ts';
import type { WallView } from '../../shared/wall.ts';
import type { LiveSocket } from './socket.ts';

/** What screens are told besides the class: how the projectors show it. Students' pages hear none of it. */
export class ScreenNews {
  /** Another object whenever an instructor has chosen, be it what was chosen before. */
  wall = $state.raw<WallView | null>(null);
  /** On a projector: whose curve an instructor points at. */
  pointed = $state<number | null>(null);
  /** On an instructor's page: how many projectors are connected. */
  projectors = $state(0);

  constructor(socket: LiveSocket) {
    socket.on('wall', (view) => (this.wall = view));
    socket.on('pointed', (participant) => (this.pointed = participant));
    socket.on('projectors', (count) => (this.projectors = count));
  }

  begin({ wall, pointed, projectors }: ScreenWelcome): void {
    this.wall = wall;
    this.pointed = pointed;
    this.projectors = projectors;
  }
}
