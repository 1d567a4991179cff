/** Rows that change places faster than this cannot be read, in ms. */
const PAUSE = 500;

/** Follows a session's `version`, but in no faster steps than the eye. Made within a component. */
export class CalmVersion {
  current = $state(0);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: { readonly version: number }) {
    $effect(() => {
      const { version } = session;
      if (this.timer !== undefined) return;
      this.current = version;
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.current = session.version;
      }, PAUSE);
    });
    $effect(() => () => clearTimeout(this.timer));
  }
}
