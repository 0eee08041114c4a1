import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api/client';
import { useNames } from '../api/queries';

type Shown = Pick<Indicator, 'kind' | 'precision' | 'choices'>;

/** A number of one answer; a ratio is not kept in it and made from its two. */
export function valueOf(i: Pick<Indicator, 'code' | 'kind' | 'numerator' | 'denominator' | 'factor'>, values: Record<string, number> | undefined): number | undefined {
  if (!values || i.kind !== 'RATIO') return values?.[i.code];
  const [above, below] = [values[i.numerator ?? ''], values[i.denominator ?? '']];
  return above !== undefined && below ? (above / below) * i.factor : undefined;
}

/** Numbers of reports as the reader's language writes them. */
export function useFigures() {
  const { i18n } = useTranslation();
  const names = useNames();
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
  const number = (value: number | string, digits: number, sign = false) => new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits, maximumFractionDigits: digits, ...(sign ? { signDisplay: 'exceptZero' as const } : {}),
  }).format(value as number); // digits in a text are not rounded on their way
  return {
    number,
    /** With the decimals of its indicator; the word of a choice; a dash for what is not there. */
    figure: (indicator: Shown, value: number | string | null | undefined): string => {
      if (value === undefined || value === null || value === '') return '–';
      const choice = indicator.kind === 'CHOICE' ? indicator.choices[String(value)] : undefined;
      if (choice) return names.title(choice);
      return Number.isNaN(Number(value)) ? String(value) : number(value, indicator.precision);
    },
    /** For where there is little room: 12.3 万 in Chinese, 123k in English. */
    short: (value: number) => new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(value),
    percent: (value: number, sign = true) => `${number(value, 2, sign)} %`,
    /** How much more than before, in per cent; null where nothing can be said. */
    change: (now: number | undefined, before: number | undefined) =>
      (now === undefined || before === undefined || before === 0 ? null : ((now - before) / Math.abs(before)) * 100),
  };
}
