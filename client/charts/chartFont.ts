/** Pixels of a chart's texts: on a projector they grow with the screen, to be read from the back row. */
export function chartFont(
  size: 'page' | 'projector' | 'phone',
  screen: number | undefined,
): number {
  switch (size) {
    case 'phone':
      return 12;
    case 'page':
      return 13;
    case 'projector':
      return Math.round(Math.min(Math.max((screen ?? 1_280) / 80, 15), 28));
  }
}

/** Pixels of a chart's lines, as large as its texts are read from. */
export const LINE_WIDTH = { phone: 1.5, page: 1.75, projector: 3 } as const;
