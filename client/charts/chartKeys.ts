/** What a key does while a chart has the keyboard. */
export type KeyAction =
  /** To the next value of the curve, or the one before. */
  | { act: 'along'; by: number }
  /** To the curve above at this place, or the one below. */
  | { act: 'across'; by: 1 | -1 }
  /** Moves the picture by parts of its width and height; right and up are positive. */
  | { act: 'pan'; x: number; y: number }
  | { act: 'zoom'; factor: number }
  | { act: 'reset' | 'pin' | 'hide' | 'leave' };

const STEP = 0.1;
const FACTOR = 1.5;
const FAR = 10;

/** The action of a key, or null where the chart leaves it to the page. */
export function keyAction({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>): KeyAction | null {
  if (ctrlKey || metaKey || altKey) return null;
  switch (key) {
    case 'ArrowLeft':
      return shiftKey ? { act: 'pan', x: -STEP, y: 0 } : { act: 'along', by: -1 };
    case 'ArrowRight':
      return shiftKey ? { act: 'pan', x: STEP, y: 0 } : { act: 'along', by: 1 };
    case 'PageUp':
      return { act: 'along', by: -FAR };
    case 'PageDown':
      return { act: 'along', by: FAR };
    case 'ArrowUp':
      return shiftKey ? { act: 'pan', x: 0, y: STEP } : { act: 'across', by: 1 };
    case 'ArrowDown':
      return shiftKey ? { act: 'pan', x: 0, y: -STEP } : { act: 'across', by: -1 };
    case '+':
    case '=':
      return { act: 'zoom', factor: FACTOR };
    case '-':
    case '_':
      return { act: 'zoom', factor: 1 / FACTOR };
    case '0':
    case 'Home':
      return { act: 'reset' };
    case 'Enter':
    case ' ':
      return { act: 'pin' };
    case 'Delete':
    case 'Backspace':
      return { act: 'hide' };
    case 'Escape':
      return { act: 'leave' };
    default:
      return null;
  }
}
