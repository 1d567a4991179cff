/** The path of a circle around (x, y): the mark of class 0. */
export function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

/** The path of a triangle around (x, y), about as large as a circle of radius r: the mark of class 1. */
export function triangle(x: number, y: number, r: number): string {
  return `M${x} ${y - 1.3 * r}l${1.25 * r} ${2.2 * r}h${-2.5 * r}z`;
}
