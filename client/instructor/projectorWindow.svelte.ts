/** Of the Window Management API, which only some browsers have. */
interface Screens {
  screens: readonly {
    availLeft: number;
    availTop: number;
    availWidth: number;
    availHeight: number;
  }[];
  currentScreen: Screens['screens'][number];
}
type ManagingWindow = Window & { getScreenDetails?: () => Promise<Screens> };

/** How often it is looked whether the window has been closed, in ms: no event says so. */
const LOOK = 1_000;

/** The window for the projector that this page has opened. */
export class ProjectorWindow {
  isOpen = $state(false);
  /** The browser let no window be opened. */
  isBlocked = $state(false);
  private opened: Window | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** @param pass what the server has given this page for its projectors */
  constructor(
    private readonly code: string,
    private readonly pass: () => string | undefined,
  ) {}

  get address(): string {
    const address = new URL(`show/${this.code}`, document.baseURI);
    address.hash = this.pass() ?? '';
    return address.href;
  }

  /** Opens the window, on the second screen where there is one; an open one comes to the front. */
  show(): void {
    if (this.opened && !this.opened.closed) {
      this.opened.focus();
      return;
    }
    const features = 'popup,width=1280,height=800';
    this.opened = window.open(this.address, `projector-${this.code}`, features);
    this.isOpen = this.opened !== null;
    this.isBlocked = !this.isOpen;
    if (!this.opened) return;
    void toSecondScreen(this.opened);
    clearInterval(this.timer);
    this.timer = setInterval(() => this.look(), LOOK);
  }

  /** The window stays: the class goes on looking at it. */
  forget(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    if (!this.opened?.closed) return;
    this.isOpen = false;
    clearInterval(this.timer);
  }
}

/** Where the browser knows the screens and may say so; elsewhere the window is moved by hand. */
async function toSecondScreen(opened: Window): Promise<void> {
  const manager: ManagingWindow = window;
  const isExtended = (window.screen as Screen & { isExtended?: boolean }).isExtended ?? false;
  if (!isExtended || !manager.getScreenDetails) return;
  try {
    const { screens, currentScreen } = await manager.getScreenDetails();
    const other = screens.find((screen) => screen !== currentScreen);
    if (!other) return;
    opened.moveTo(other.availLeft, other.availTop);
    opened.resizeTo(other.availWidth, other.availHeight);
  } catch {
    // Not allowed: the window stays where the browser has put it.
  }
}
