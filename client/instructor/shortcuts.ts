/** What a key does on the instructor's page. */
export const SHORTCUTS = [
  { key: ' ', does: 'main' },
  { key: 's', does: 'step' },
  { key: 'e', does: 'epoch' },
  { key: 'x', does: 'stop' },
  { key: 'n', does: 'next' },
  { key: 'q', does: 'invite' },
  { key: 'p', does: 'projector' },
  { key: 'l', does: 'lock' },
  { key: 'h', does: 'names' },
  { key: '?', does: 'help' },
] as const;
export type Shortcut = (typeof SHORTCUTS)[number]['does'];

/** The key of a shortcut, as it is printed on the keyboard. */
export function printed(does: Shortcut): string {
  return SHORTCUTS.find((shortcut) => shortcut.does === does)!.key.toUpperCase();
}

/** Where a key has a meaning of its own: typing, choosing, or pressing what has the focus. */
const TAKES_KEYS = `input, select, textarea, button, a, summary, [contenteditable],
  [role="slider"], [role="listbox"], [role="menu"], [role="combobox"], [role="tab"]`;
/** Of these, the ones to which a letter means nothing, so that it goes on working after a click. */
const ONLY_PRESSED = 'button, a, summary, [role="tab"]';
/** What lies over the page and has the keys for itself. */
const OVER_THE_PAGE = 'dialog[open], [role="dialog"], [role="alertdialog"], [role="menu"]';

/** The shortcut that was pressed, or null where the key belongs to something else. */
export function shortcutOf(event: KeyboardEvent): Shortcut | null {
  const { key, target, defaultPrevented, repeat, ctrlKey, metaKey, altKey } = event;
  if (defaultPrevented || repeat || ctrlKey || metaKey || altKey) return null;
  const found = SHORTCUTS.find((shortcut) => shortcut.key === key.toLowerCase());
  if (!found || document.querySelector(OVER_THE_PAGE)) return null;
  if (target instanceof Element) {
    const taker = target.closest(TAKES_KEYS);
    if (taker && (key === ' ' || !taker.matches(ONLY_PRESSED))) return null;
  }
  return found.does;
}
