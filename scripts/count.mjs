/**
 * The plain last line of all tests.
 * @param {{passed: number, failed: number, skipped: number}} count
 */
export function countLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
