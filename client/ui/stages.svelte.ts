import { untrack } from 'svelte';

/**
 * The parts of a page that are made one after the other, each in a task of its own: all at once
 * would block the page. To be made while a component is set up; ends with it.
 */
export class Stages {
  /** How many of the later parts are made. */
  made = $state(0);

  /** @param count of the parts that come after the first */
  constructor(count: number) {
    $effect(() => {
      let timer: ReturnType<typeof setTimeout>;
      const goOn = () => {
        this.made += 1;
        if (this.made < count) timer = setTimeout(goOn);
      };
      untrack(() => (timer = setTimeout(goOn)));
      return () => clearTimeout(timer);
    });
  }
}
