/** Where a key has a meaning of its own: typing, or pressing what has the focus. */
const TAKES_KEYS = 'input, select, textarea, button, a, summary, dialog, [contenteditable]';

/** The shortcut that was pressed, or null where the key belongs to something else. */
export function pressed(event: KeyboardEvent): 'space' | 's' | null {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (document.querySelector('dialog[open]')) return null;
  const isSpace = event.code === 'Space';
  if (event.target instanceof Element) {
    const taker = event.target.closest(TAKES_KEYS);
    // A letter does nothing to a button, so the shortcut goes on working after a click on one.
    if (taker && (isSpace || !taker.matches('button, a, summary'))) return null;
  }
  if (isSpace) return 'space';
  return event.key.toLowerCase() === 's' ? 's' : null;
}
