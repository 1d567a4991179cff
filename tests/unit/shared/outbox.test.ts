import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Column } from '../../../shared/live/column.ts';
import { Outbox } from '../../../shared/live/outbox.ts';

describe('an outbox', () => {
  it('has one batch under way at a time, of no more than its size', () => {
    const column = new Column(10);
    const outbox = new Outbox(column, 3);
    expect(outbox.take()).toBeNull();
    column.append(0, [1, 2, 3, 4]);
    expect(outbox.take()).toEqual({ from: 0, values: [1, 2, 3] });
    expect(outbox.take()).toBeNull();
    outbox.settle(3);
    expect(outbox.take()).toEqual({ from: 3, values: [4] });
  });

  it('[P14] goes on from what the server holds, also where that is less than before', () => {
    const column = new Column(10);
    column.append(0, [1, 2, 3, 4]);
    const outbox = new Outbox(column, 10);
    outbox.take();
    outbox.settle(4);
    expect(outbox.isEmpty).toBe(true);
    outbox.settle(1);
    expect(outbox.take()).toEqual({ from: 1, values: [2, 3, 4] });
  });

  it('brings everything over a line that loses messages and answers', () => {
    const fates = fc.array(fc.constantFrom('arrives', 'lost', 'answer lost'), { maxLength: 50 });
    fc.assert(
      fc.property(fates, (list) => {
        const column = new Column(60);
        const outbox = new Outbox(column, 4);
        const server = new Column(60);
        for (const fate of [...list, ...Array.from({ length: 70 }, () => 'arrives')]) {
          if (!column.isFull) column.append(column.length, [column.length]);
          const batch = outbox.take();
          if (!batch) continue;
          if (fate !== 'lost') expect(server.append(batch.from, batch.values)).not.toBeNull();
          if (fate === 'arrives') outbox.settle(server.length);
          else outbox.giveUp();
        }
        expect([...server.slice(0)]).toEqual([...column.slice(0)]);
        expect(server.isFull).toBe(true);
      }),
    );
  });
});
