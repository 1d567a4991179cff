/** Ms that a row takes to its new place. */
const DURATION = 250;

/**
 * Lets the rows of a table that have changed places slide there. All rows have one height, so that
 * their places say where they were: one measurement for the table, where an animation that measures
 * every row before and after has the page laid out again for each.
 * @param before the keys of the rows in their former order
 * @param now the keys in the order in which `body` has its rows
 */
export function slideRows(
  body: HTMLTableSectionElement,
  before: readonly number[],
  now: readonly number[],
): void {
  const first = body.rows[0];
  if (!first || matchMedia('print').matches) return;
  const placeBefore = new Map(before.map((key, place) => [key, place]));
  const moved = now.flatMap((key, place) => {
    const from = placeBefore.get(key);
    return from === undefined || from === place ? [] : [{ place, from }];
  });
  if (moved.length === 0) return;
  const height = first.offsetHeight;
  const seen = visibleRows(body, height);
  const isSeen = (place: number) => place >= seen.from && place <= seen.to;
  for (const { place, from } of moved) {
    if (!isSeen(place) && !isSeen(from)) continue;
    const transform = `translateY(${(from - place) * height}px)`;
    body.rows[place]?.animate([{ transform }, { transform: 'none' }], {
      duration: DURATION,
      easing: 'ease-out',
    });
  }
}

/** Sets down at their places the rows that are still sliding: paper would show them on their way. */
export function settleRows(body: HTMLTableSectionElement): void {
  for (const row of body.rows) for (const slide of row.getAnimations()) slide.finish();
}

/** Which rows the box that scrolls them shows, the first and the last. */
function visibleRows(body: HTMLTableSectionElement, height: number): { from: number; to: number } {
  const box = body.closest('table')?.parentElement;
  if (!box) return { from: 0, to: Infinity };
  const from = Math.floor((box.scrollTop - body.offsetTop) / height);
  return { from, to: from + Math.ceil(box.clientHeight / height) };
}

/**
 * How many rows a box of `height` pixels has room for below the head of its table, and below them a
 * line that says how many there are besides; one at the least.
 */
export function rowsWithin(
  box: HTMLElement,
  body: HTMLTableSectionElement,
  height: number,
): number {
  const row = body.rows[0]?.offsetHeight ?? 0;
  if (row === 0) return Infinity;
  const above = body.getBoundingClientRect().top - box.getBoundingClientRect().top;
  return Math.max(1, Math.floor((height - above) / row - 1));
}
