import type { ParticipantView } from '../../shared/protocol/views.ts';

/** Which participants the pages have yet to be told about. */
export class Notices {
  private readonly changed = new Set<number>();
  private left: number[] = [];
  /** As last told, to leave out what a change of phase did not touch. */
  private readonly told = new Map<number, string>();

  get isEmpty(): boolean {
    return this.changed.size === 0 && this.left.length === 0;
  }

  change(participant: number): void {
    this.changed.add(participant);
  }

  leave(participant: number): void {
    this.changed.delete(participant);
    this.told.delete(participant);
    this.left.push(participant);
  }

  /** Marks those whose view is no longer the one last told. */
  compare(views: readonly ParticipantView[]): void {
    for (const view of views) {
      if (this.told.get(view.index) !== JSON.stringify(view)) this.changed.add(view.index);
    }
  }

  /** What to tell now, in the order in which the participants joined. */
  take(view: (participant: number) => ParticipantView | null): {
    changed: ParticipantView[];
    gone: number[];
  } {
    const marked = [...this.changed].sort((a, b) => a - b);
    const changed = marked.flatMap((participant) => view(participant) ?? []);
    for (const view of changed) this.told.set(view.index, JSON.stringify(view));
    const gone = this.left;
    this.changed.clear();
    this.left = [];
    return { changed, gone };
  }
}
