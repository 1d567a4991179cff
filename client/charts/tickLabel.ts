const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A tick's value: a power of ten where zeros would fill the axis, else as `format` writes it. */
export function tickLabel(value: number, format: (value: number) => string): string {
  const exponent = Math.log10(Math.abs(value));
  if (value === 0 || (exponent > -4.5 && exponent < 5.5)) return format(value);
  const power = Math.floor(exponent + 1e-9);
  const digit = Number((value / 10 ** power).toPrecision(3));
  const raised = `10${power < 0 ? '⁻' : ''}${superscript(Math.abs(power))}`;
  return digit === 1 ? raised : `${format(digit)}·${raised}`;
}

function superscript(whole: number): string {
  return [...String(whole)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
}
