import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '../shared/protocol/events.ts';
import type { RunPlan } from '../shared/protocol/views.ts';
import type { Phase } from '../shared/session.ts';

/** Conducts a class by messages, where the pages are there to be looked at. */
export class Teacher {
  private readonly socket: Socket<ServerEvents, ClientEvents>;
  private phase: Phase = 'lobby';

  constructor(url: string) {
    this.socket = io(url, { forceNew: true });
    this.socket.on('session', (view) => (this.phase = view.phase));
  }

  /** Sends a message, and throws where it is refused. */
  async ask<E extends keyof ClientEvents>(
    event: E,
    message: Parameters<ClientEvents[E]>[0],
  ): Promise<void> {
    const socket: Socket = this.socket;
    const answer = (await socket.emitWithAck(event, message)) as { ok: boolean; code?: string };
    if (!answer.ok) throw new Error(`${event}: refused: ${answer.code}`);
  }

  /** A whole run, from its plan to its end. */
  async run(plan: RunPlan): Promise<void> {
    await this.start(plan);
    await this.reached('finished');
  }

  async start(plan: RunPlan): Promise<void> {
    await this.ask('prepare', plan);
    await this.ask('command', { command: 'start' });
  }

  reached(phase: Phase): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.phase !== phase) return;
        this.socket.off('session', look);
        resolve();
      };
      this.socket.on('session', look);
      look();
    });
  }

  leave(): void {
    this.socket.disconnect();
  }
}
