import { useTranslation } from 'react-i18next';
import type { ScheduleDay } from '../api/client';
import type { Tone } from '../parts/Mark';

/** The gravest thing that a day of a schedule has to say, as an occurrence's state; `COMING` when all of it is ahead. */
export function stateOf(d: ScheduleDay): 'FAILED' | 'MISSED' | 'RUNNING' | 'SKIPPED' | 'DONE' | 'COMING' {
  if (d.failed > 0) return 'FAILED';
  if (d.missed > 0) return 'MISSED';
  if (d.open > 0) return 'RUNNING';
  if (d.done > 0) return 'DONE';
  return d.skipped > 0 ? 'SKIPPED' : 'COMING';
}

const GRAVITY: ReturnType<typeof stateOf>[] = ['FAILED', 'MISSED', 'RUNNING', 'SKIPPED', 'DONE', 'COMING'];

/** What is gravest comes first, then what is rarest: a day has room for few. */
export function byWeight(a: ScheduleDay, b: ScheduleDay): number {
  const times = (d: ScheduleDay) => d.done + d.failed + d.missed + d.skipped + d.open + d.coming;
  const grave = (d: ScheduleDay) => Math.min(GRAVITY.indexOf(stateOf(d)), GRAVITY.indexOf('RUNNING'));
  return grave(a) - grave(b) || times(a) - times(b);
}

const TONES: Record<ReturnType<typeof stateOf>, Tone> = {
  FAILED: 'bad', MISSED: 'warn', RUNNING: 'busy', SKIPPED: 'idle', DONE: 'good', COMING: 'idle',
};

/** A day of a schedule in words: its gravest state, and counts where there is more than one due time. */
export function useDayWords() {
  const { t } = useTranslation();
  return (d: ScheduleDay, paused = false) => {
    const state = stateOf(d);
    const parts = ([['done', 'DONE'], ['failed', 'FAILED'], ['missed', 'MISSED'], ['skipped', 'SKIPPED'], ['open', 'RUNNING']] as const)
      .filter(([name]) => d[name] > 0).map(([name, s]) => t('calendar.count', { count: d[name], state: t(`occurrenceState.${s}`).toLowerCase() }));
    if (d.coming > 0) parts.push(t('calendar.coming', { count: d.coming }));
    const word = state === 'COMING' ? (paused ? t('pause.paused') : t('calendar.due')) : t(`occurrenceState.${state}`);
    return { state, tone: TONES[state], word, counts: d.done + d.failed + d.missed + d.skipped + d.open + d.coming > 1 ? parts.join(t('heat.comma')) : '' };
  };
}
