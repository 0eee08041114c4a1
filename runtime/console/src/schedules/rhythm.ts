import { useTranslation } from 'react-i18next';
import type { Schedule } from '../api/client';
import { useSpans } from '../parts/spans';

/** When a schedule is due, in words where there are some: every day at 00:30. */
export function useRhythm() {
  const { t } = useTranslation();
  const { duration } = useSpans();
  return ({ cron, every, workdays }: Schedule): string => {
    if (every) return t('rhythm.every', { span: duration(every) });
    const daily = /^0 (\d{1,2}) (\d{1,2}) (\*|\?) \* (\*|\?)$/.exec(cron ?? '');
    const at = daily && `${daily[2]!.padStart(2, '0')}:${daily[1]!.padStart(2, '0')}`;
    const monthly = /^0 (\d{1,2}) (\d{1,2}) (\d{1,2}) \* \?$/.exec(cron ?? '');
    const words = at ? t('rhythm.daily', { at })
      : monthly ? t('rhythm.monthly', { day: monthly[3], at: `${monthly[2]!.padStart(2, '0')}:${monthly[1]!.padStart(2, '0')}` }) : cron ?? '';
    return workdays ? t('rhythm.workdays', { words }) : words;
  };
}
