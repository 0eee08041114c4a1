import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Writes instants as the hub's clock shows them, wherever the reader is: the time alone for the hub's today, with the year for another one. */
export function useTimes(zone: string | undefined, now: string | undefined) {
  const { i18n } = useTranslation();
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';

  return useMemo(() => {
    const clock = { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false } as const;
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
    const time = new Intl.DateTimeFormat(locale, clock);
    const both = new Intl.DateTimeFormat(locale, { ...clock, month: 'short', day: 'numeric' });
    const date = new Intl.DateTimeFormat(locale, { timeZone: zone, year: 'numeric', month: 'short', day: 'numeric' });
    const unbroken = (text: string) => text.replaceAll(' ', '\u00a0');
    const today = now && day.format(new Date(now));

    return (instant: string) => {
      const at = new Date(instant);
      const its = day.format(at);
      if (its === today) return time.format(at);
      // in a narrow column a date with its year stands above the time
      return today && its.slice(0, 4) !== today.slice(0, 4) ? `${unbroken(date.format(at))} ${time.format(at)}` : unbroken(both.format(at));
    };
  }, [zone, now, locale]);
}
