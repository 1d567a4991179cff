import { language } from './i18n.svelte.ts';

const formats = new Map<string, Intl.NumberFormat>();

function format(value: number, options: Intl.NumberFormatOptions): string {
  const key = `${language()} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.NumberFormat(language(), options)));
  return made.format(value);
}

/** A whole number, grouped: 60,000. */
export function formatCount(value: number): string {
  return format(value, { maximumFractionDigits: 0 });
}

/** A learning rate as it was given: up to three significant digits, without an exponent down to 1e-6. */
export function formatRate(rate: number): string {
  return format(rate, { maximumSignificantDigits: 3 });
}

/** A loss: three significant digits, in powers of ten where zeros would hide it. */
export function formatLoss(loss: number): string {
  const size = Math.abs(loss);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
    return formatPower(loss);
  }
  return format(loss, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
}

/** A number as a power of ten, three significant digits before it unless they are 1: 2.36·10⁻¹⁴. */
export function formatPower(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential(2).split('e');
  const raised = exponent.replace('+', '').replace(/./g, (sign) => SUPERSCRIPTS[sign] ?? sign);
  const power = `10${raised}`;
  const mantissa = Number(digits);
  return mantissa === 1 ? power : `${format(mantissa, { maximumSignificantDigits: 3 })}·${power}`;
}

/** Numbers written with a decimal point, with the mark of the page's language: 0,01; 0,3. */
export function formatDecimals(numbers: string): string {
  const mark = format(0.5, {}).charAt(1);
  return numbers.replace(/(?<=\d)\.(?=\d)/g, mark);
}

const SUPERSCRIPTS: Record<string, string> = Object.fromEntries(
  [...'-0123456789'].map((sign, k) => [sign, [...'⁻⁰¹²³⁴⁵⁶⁷⁸⁹'][k] ?? sign]),
);

/** A share from 0 to 1 as a percentage with one decimal. */
export function formatShare(share: number): string {
  return format(share, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
}

/** A share from 0 to 1 as a whole percentage, where there is little room. */
export function formatRoundShare(share: number): string {
  return format(share, { style: 'percent', maximumFractionDigits: 0 });
}

/** A parameter such as a weight: three decimals, with a minus sign and not a hyphen. */
export function formatParameter(value: number): string {
  const options = { minimumFractionDigits: 3, maximumFractionDigits: 3 };
  return format(value, options).replace('-', '−');
}

/** What is added to a sum: hundredths at the finest, and a sign even where it is a plus. */
export function formatSigned(value: number): string {
  const size = Math.abs(value);
  const maximumFractionDigits = size < 1 ? 2 : size < 10 ? 1 : 0;
  const options = { maximumFractionDigits, signDisplay: 'exceptZero' } as const;
  return format(value, options).replace('-', '−');
}

/** A place on an axis, as short as it can be said. */
export function formatTick(value: number): string {
  return format(value, { maximumSignificantDigits: 4 }).replace('-', '−');
}
