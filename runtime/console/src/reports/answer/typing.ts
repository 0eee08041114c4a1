import type { Indicator } from '../../api/client';
import type { Typed } from '../../api/reporting';

/** Whether units are asked for it; else the hub makes it. */
export const isAsked = (i: Indicator) => i.kind !== 'RATIO' && i.formula === null;

/**
 * A number as it is handed in: full-width digits of a Chinese keyboard are digits, and thousands may be set apart as whole groups.
 * Anything else stays as it was typed; the hub says what is wrong with it.
 */
export function plainNumber(typed: string): string {
  const narrow = typed.normalize('NFKC').replace(/[\s\u3000]/g, '').replaceAll('，', ',').replaceAll('。', '.').replaceAll('−', '-');
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(narrow) ? narrow.replaceAll(',', '') : narrow;
}

/** What is handed in of what was typed: nothing of what is empty, or not asked for. */
export function sentOf(typed: Typed, indicators: readonly Indicator[]): Typed {
  const entries = indicators.filter(isAsked).map((i): [string, string] => [i.code, i.kind === 'CHOICE' ? typed[i.code] ?? '' : plainNumber(typed[i.code] ?? '')]);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

/** A number as people type it: without an exponent, whatever its size. */
export function asTyped(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return '';
  const text = String(value);
  return /e/i.test(text) ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text;
}
