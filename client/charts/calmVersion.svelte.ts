/** Rows that change places faster than this cannot be read, in ms. */
const PAUSE = 500;

/** Follows a session's `version`, but in no faster steps than the eye. Made within a component. */
export class CalmVersion {
  current = $state(0);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param pause ms between two steps at the least */
  constructor(session: { readonly version: number }, pause = PAUSE) {
    $effect(() => {
      const { version } = session;
      if (this.timer !== undefined) return;
      this.current = version;
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.current = session.version;
      }, pause);
    });
    $effect(() => () => clearTimeout(this.timer));
  }
}
