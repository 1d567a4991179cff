import { onDestroy, untrack } from 'svelte';
import { TIMING } from '../../shared/limits.ts';
import type { PlanForm } from '../../shared/plan/planForm.ts';
import type { LiveSession } from '../live/connection.svelte.ts';
import { sentAs } from '../live/sentAs.ts';
import { SharedFields } from '../live/sharedFields.ts';
import type { PlanDraft } from './planDraft.svelte.ts';

/** The fields that are typed in. */
const TYPED = [
  ...(['length', 'seed', 'points', 'hidden', 'batchSize', 'stepsPerSecond'] as const),
  ...(['from', 'to', 'list'] as const),
];

/** Keeps what is being set on this page and on all other instructors' pages the same. */
export function shareDraft(session: LiveSession, draft: PlanDraft): void {
  const fields = new SharedFields<PlanForm>({
    send: async (change) => sentAs(await session.request('draft', change)),
    take: (form) => draft.take(form),
    pause: TIMING.conducting,
    typed: { fields: TYPED, rest: TIMING.typing },
    changedElsewhere: (change) => draft.noteElsewhere(change),
  });
  $effect(() => {
    const { draft: form } = session.screen;
    if (form) untrack(() => fields.receive(form));
  });
  $effect(() => {
    const form = $state.snapshot(draft.form);
    untrack(() => fields.offer(form));
  });
  // What was typed while the page was away goes out when it is back, and not with the next key.
  $effect(() => {
    if (session.status.state === 'live') untrack(() => fields.again());
  });
  onDestroy(() => fields.end());
}
