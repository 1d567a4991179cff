import type { FromWorker, ToWorker } from './messages.ts';
import type { ModelWorker } from './supervised.ts';

interface Host {
  readonly worker: Worker;
  readonly lines: Set<ModelLine>;
  /** False once somebody has given up on it: it gets no more models. */
  isTrusted: boolean;
}

/**
 * A few workers for many models. The models of a worker take turns and share what it has loaded,
 * where a worker for each would hold the same images as often as there are models.
 */
export class WorkerPool {
  private readonly hosts = new Set<Host>();

  /** @param most workers at once, as long as all of them are well */
  constructor(
    private readonly create: () => Worker,
    private readonly most: number,
  ) {}

  /** One more model's way to a worker: to a new one while there may be more, then to the emptiest. */
  line(): ModelWorker {
    const trusted = [...this.hosts].filter(({ isTrusted }) => isTrusted);
    const host =
      trusted.length < this.most
        ? this.begin()
        : trusted.reduce((a, b) => (b.lines.size < a.lines.size ? b : a));
    const line = new ModelLine(host.worker, () => this.leave(host, line));
    host.lines.add(line);
    return line;
  }

  private begin(): Host {
    const host: Host = { worker: this.create(), lines: new Set(), isTrusted: true };
    host.worker.addEventListener('error', () => (host.isTrusted = false));
    this.hosts.add(host);
    return host;
  }

  private leave(host: Host, line: ModelLine): void {
    host.isTrusted = false;
    host.lines.delete(line);
    if (host.lines.size > 0) return;
    this.hosts.delete(host);
    host.worker.terminate();
  }
}

/** A port to a worker that trains other models as well. */
class ModelLine implements ModelWorker {
  private readonly port: MessagePort;
  private readonly left = new AbortController();

  constructor(
    private readonly worker: Worker,
    private readonly leave: () => void,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    worker.postMessage(null, [port2]);
  }

  postMessage(message: ToWorker): void {
    this.port.postMessage(message);
  }

  addEventListener(
    type: 'message' | 'error',
    hear: (event: MessageEvent<FromWorker>) => void,
  ): void {
    const { signal } = this.left;
    if (type === 'error') {
      this.worker.addEventListener('error', () => hear(new MessageEvent('error')), { signal });
      return;
    }
    this.port.addEventListener('message', hear, { signal });
    this.port.start();
  }

  /** Ends this model, and the worker when it was the last one there. */
  terminate(): void {
    if (this.left.signal.aborted) return;
    this.left.abort();
    this.postMessage({ type: 'halt' });
    this.port.close();
    this.leave();
  }
}
