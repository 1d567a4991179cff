import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';

/** What the server's process has used since `begin`. */
export interface Usage {
  cpuPercent: number;
  rssBytes: number;
  /** On the heap and beside it, right after a collection. */
  liveBytes: number;
  lagP99Ms: number;
}

/** The built server in a process of its own, on a free port of this machine. */
export class ServerProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(): Promise<ServerProcess> {
    const folder = mkdtempSync(path.join(tmpdir(), 'build-a-brain-bench-'));
    const child = fork('dist/server/main.js', {
      env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, TRUST_PROXY: '1' },
      execArgv: ['--expose-gc', '--import', path.resolve('tests/bench/class/probe.mjs')],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-10_000)));
    const url = await new Promise<string>((resolve, reject) => {
      let greeting = '';
      child.stdout?.on('data', (text: Buffer) => {
        greeting += text.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(greeting);
        if (found) resolve(found[0]);
      });
      child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    });
    return new ServerProcess(url, child, folder);
  }

  begin(): void {
    this.child.send('begin');
  }

  async read(): Promise<Usage> {
    const answer = once(this.child, 'message') as Promise<[Usage]>;
    this.child.send('read');
    return (await answer)[0];
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      const force = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(force);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
