/** The names in use in a session, whatever their case and whatever in them cannot be seen. */
export class Nicknames {
  private readonly taken = new Set<string>();
  /** By name: the number that is tried next, so that the hundredth Ada costs what the first did. */
  private readonly next = new Map<string, number>();

  /** Takes `name`, with the smallest number behind it that nobody has yet; returns what was taken. */
  take(name: string): string {
    let number = this.next.get(key(name)) ?? 1;
    let candidate = numbered(name, number);
    while (this.taken.has(key(candidate))) candidate = numbered(name, ++number);
    this.next.set(key(name), number + 1);
    this.taken.add(key(candidate));
    return candidate;
  }

  free(name: string): void {
    this.taken.delete(key(name));
    // Rare enough to look for the smallest numbers anew.
    this.next.clear();
  }
}

function numbered(name: string, number: number): string {
  return number === 1 ? name : `${name} ${number}`;
}

function key(name: string): string {
  return name.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').toLocaleLowerCase('en');
}
