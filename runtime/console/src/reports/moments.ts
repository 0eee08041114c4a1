import { useTranslation } from 'react-i18next';
import { useClock } from '../parts/clock';

/** Deadlines and signatures with their year and minute, as the hub's clock shows them: 2026年10月15日 24:00 is read differently than 10-15. */
export function useMoments() {
  const { i18n } = useTranslation();
  const { zone } = useClock();
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
  const both = new Intl.DateTimeFormat(locale, { timeZone: zone, year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
  const day = new Intl.DateTimeFormat(locale, { timeZone: zone, year: 'numeric', month: 'long', day: 'numeric' });
  return { moment: (instant: string) => both.format(new Date(instant)), day: (instant: string) => day.format(new Date(instant)) };
}
