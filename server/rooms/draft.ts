import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { defaultForm, hasModel } from '../../shared/plan/defaultForm.ts';
import { formOf } from '../../shared/plan/formOf.ts';
import type { PlanForm, FormChange } from '../../shared/plan/planForm.ts';
import type { Journal } from './journal.ts';
import type { Outlet } from './outlet.ts';
import type { Run } from './run.ts';

/** What instructors are putting together for the next run, on all their screens at once. [P103] */
export class Draft {
  /** @param typed what was stored of it; null where nobody has typed anything */
  constructor(
    private readonly room: { context: { outlet: Outlet }; run: Run | null; journal: Journal },
    private typed: PlanForm | null = null,
  ) {}

  /** What is stored. */
  get record(): PlanForm | null {
    return this.typed;
  }

  /** As typed last; where nobody has since a run was prepared, that run. */
  get form(): PlanForm {
    const { run } = this.room;
    return this.typed ?? (run ? formOf(run.plan) : defaultForm('linear'));
  }

  /** Changes what is given and leaves the rest. */
  change(change: FormChange): Refusal | null {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const form = { ...this.form, ...(Object.fromEntries(given) as Partial<PlanForm>) };
    // Of two that change the experiment at once, one may bring a model that the other's has not.
    if (!hasModel(form.experiment, form.model)) return REFUSALS.badMessage;
    this.typed = form;
    this.tell();
    return null;
  }

  /** A run has been prepared of it. */
  prepared(): void {
    this.typed = null;
    this.tell();
  }

  private tell(): void {
    this.room.context.outlet.broadcast('instructors', 'draft', this.form);
    // A hand at the keyboard must not have everybody's columns written with each key.
    this.room.journal.noteLater();
  }
}
