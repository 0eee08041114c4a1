import { useTranslation } from 'react-i18next';

/** Writes instants as the hub's clock shows them, wherever the reader is: the time alone for the hub's today. */
export function useTimes(zone: string | undefined, now: string | undefined) {
  const { i18n } = useTranslation();
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  const time = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
  const both = new Intl.DateTimeFormat(locale, { timeZone: zone, month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

  return (instant: string) => {
    const at = new Date(instant);
    return now && day.format(at) === day.format(new Date(now)) ? time.format(at) : both.format(at);
  };
}
