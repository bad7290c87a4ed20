import type { Language } from './words.ts';

/** Writes numbers as a language does, whatever the machine's own settings. */
export interface NumberWriter {
  /** Whole number, in groups of three. */
  count(value: number): string;
  /** Match weight: sign, two decimals. */
  weight(value: number): string;
  /** Share as a percentage, one decimal; two beyond 99 %. Never 0 or 100 % when it is not quite. */
  percent(share: number): string;
  /** Share as a percentage, without needless decimals: for scales. */
  plainPercent(share: number): string;
  /** Measure from 0 to 1: four decimals. */
  measure(value: number): string;
  /** Probability or rate: three significant digits. */
  probability(value: number): string;
  /** Plain number with at most so many decimals, none at its end. */
  decimal(value: number, digits: number): string;
}

const MINUS = '\u2212';
const NARROW_SPACE = '\u202F';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export function numberWriter(language: Language): NumberWriter {
  const [group, point, beforePercent] =
    language === 'fr' ? [NARROW_SPACE, ',', NARROW_SPACE] : [',', '.', ''];
  const fixed = (value: number, digits: number): string => {
    if (Number.isNaN(value)) return '–';
    if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
    const [whole = '0', rest] = Math.abs(value).toFixed(digits).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
    const text = rest === undefined ? grouped : `${grouped}${point}${rest}`;
    return value < 0 && Number(value.toFixed(digits)) !== 0 ? `${MINUS}${text}` : text;
  };
  const decimal = (value: number, digits: number): string => {
    const text = fixed(value, digits);
    return text.includes(point) ? text.replace(/0+$/, '').replace(new RegExp(`\\${point}$`), '') : text;
  };
  return {
    count: (value) => fixed(value, 0),
    weight: (value) => `${value > 0 ? '+' : ''}${fixed(value, 2)}`,
    percent: (share) => {
      const sign = `${beforePercent}%`;
      if (share > 0 && share < 0.0005) return `< ${fixed(0.1, 1)}${sign}`;
      if (share > 0.9999 && share < 1) return `> ${fixed(99.99, 2)}${sign}`;
      const digits = share === 0 || share === 1 ? 0 : share > 0.99 ? 2 : 1;
      return `${fixed(share * 100, digits)}${sign}`;
    },
    plainPercent: (share) => `${decimal(share * 100, 1)}${beforePercent}%`,
    measure: (value) => fixed(value, 4),
    probability: (value) => {
      if (value === 0 || value >= 0.001) return decimal(Number(value.toPrecision(3)), 5);
      const [digits = '', exponent = '0'] = value.toExponential(1).split('e-');
      const raised = [...exponent].map((digit) => SUPERSCRIPTS[Number(digit)] ?? '').join('');
      return `${digits.replace('.', point)} × 10⁻${raised}`;
    },
    decimal,
  };
}
