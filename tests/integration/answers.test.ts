import { expect, it } from 'vitest';
import { MemoryStore } from '../../server/store/memory.ts';
import type { Change } from '../../server/store/store.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect, PLAN } from './client.ts';

/** A disk that takes its time: what is written is there only once it is let through. */
class HeldStore extends MemoryStore {
  private hold: Promise<void> | null = null;
  letThrough = () => {};

  holdBack(): void {
    this.hold = new Promise((resolve) => {
      this.letThrough = () => {
        this.hold = null;
        resolve();
      };
    });
  }

  override async write(code: string, change: Change): Promise<void> {
    await this.hold;
    await super.write(code, change);
  }
}

it('[P44] a choice is answered once it is stored, so that no kill can lose what was answered', async () => {
  const store = new HeldStore();
  const { url } = await startServer({ store });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const ada = await connect(url);
  accepted(await ada.join(code, 'Ada'));
  const stored = async () => (await store.load(code))!;

  const pick = { kind: 'pick', from: 0.01, to: 1 };
  const asked = [
    () => teacher.ask('prepare', { ...PLAN, rates: pick }),
    // A repeat, sent while the first is on its way to the disk, is no sooner true.
    () => Promise.race([1, 2].map(() => ada.ask('pick', { run: 1, rate: 0.1 }))),
    () => teacher.ask('lock', { locked: true }),
  ];
  const isThere = [
    async () => (await stored()).runs[0]?.plan.rates.kind === 'pick',
    async () => (await stored()).runs[0]?.rates[0]?.rate === 0.1,
    async () => (await stored()).session.locked,
  ];
  for (const [k, ask] of asked.entries()) {
    store.holdBack();
    let answered = false;
    const answer = ask().then((ack) => {
      answered = true;
      return ack;
    });
    // Whatever is asked later is answered, so the first has been handled.
    for (let n = 0; n < 3; n++) accepted(await ada.ask('time', {}));
    expect([k, answered, await isThere[k]!()]).toEqual([k, false, false]);
    store.letThrough();
    accepted(await answer);
    expect(await isThere[k]!()).toBe(true);
  }
});
