import { expect, it } from 'vitest';
import { sentAs } from '../../../client/live/sentAs.ts';

it('only what is wrong in itself is refused for good: a page that comes back has no place yet', () => {
  expect(sentAs({ ok: true })).toBe('taken');
  for (const code of ['no_answer', 'too_many_requests', 'internal', 'not_allowed'] as const) {
    expect(sentAs({ ok: false, code })).toBe('unsent');
  }
  expect(sentAs({ ok: false, code: 'bad_message' })).toBe('refused');
});
