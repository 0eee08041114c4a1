import { useTranslation } from 'react-i18next';

/** ISO-8601 durations as the hub writes them (PT1M30.5S) in milliseconds. */
export function millisOf(duration: string): number {
  const m = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration);
  if (!m) return NaN;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = m;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
}

/** Lengths of time and sizes in the reader's language, no finer than is worth reading. */
export function useSpans() {
  const { t, i18n } = useTranslation();
  const number = (n: number, digits = 0) =>
    new Intl.NumberFormat(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: digits }).format(n);
  const span = (ms: number): string => {
    if (ms < 1) return t('unit.micros', { n: number(ms * 1000) });
    if (ms < 1_000) return t('unit.millis', { n: number(ms, ms < 10 ? 1 : 0) });
    if (ms < 60_000) return t('unit.seconds', { n: number(ms / 1000, 1) });
    if (ms < 3_600_000) return t('unit.minutes', { n: number(ms / 60_000, 1) });
    if (ms < 86_400_000) return t('unit.hours', { n: number(ms / 3_600_000, 1) });
    return t('unit.days', { n: number(ms / 86_400_000, 1) });
  };
  return {
    number,
    span,
    duration: (iso: string) => span(millisOf(iso)),
    size: (bytes: number) => (bytes < 1024 ? t('unit.bytes', { n: number(bytes) })
      : bytes < 1024 * 1024 ? t('unit.kib', { n: number(bytes / 1024, 1) }) : t('unit.mib', { n: number(bytes / 1024 / 1024, 1) })),
  };
}
