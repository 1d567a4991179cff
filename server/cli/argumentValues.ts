/** What is wrong with a program's arguments, in one line. */
export class ArgumentError extends Error {}

export function required(name: string, text: string | undefined): string {
  if (text === undefined) throw new ArgumentError(`${name} is missing`);
  return text;
}

export function choice<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((candidate) => candidate === text);
  if (found === undefined) {
    throw new ArgumentError(`${name} must be ${choices.join(' or ')}, not ${text}`);
  }
  return found;
}

export function decimal(name: string, text: string): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) throw new ArgumentError(`${name} must be a number, not "${text}"`);
  return value;
}

export function whole(name: string, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max)) {
    throw new ArgumentError(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}
