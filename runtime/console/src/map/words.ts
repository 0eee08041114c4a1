import { useTranslation } from 'react-i18next';
import type { MapEdge, MapNode } from '../api/client';
import type { Tone } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { readFilters } from '../records/filters';

const TONES: Record<MapNode['state'], Tone> = { good: 'good', busy: 'busy', trouble: 'warn', bad: 'bad', idle: 'idle' };

export const toneOfNode = (state: MapNode['state']) => TONES[state];

/** What an edge says in figures. */
export function useFigures() {
  const { t } = useTranslation();
  const { number } = useSpans();
  const rate = (perSecond: number) => (perSecond >= 1 || perSecond === 0 ? t('map.perSecond', { n: number(perSecond, 1) })
    : t('map.perMinute', { n: number(perSecond * 60, 1) }));
  return {
    rate,
    /** What stands on the line itself: how much passes, and what waits; the whole is said beside. */
    short: (e: MapEdge): string[] => [e.perSecond > 0 && rate(e.perSecond), e.queued > 0 && t('map.queued', { n: number(e.queued) })].filter((text) => text !== false),
    troubled: (e: MapEdge): string => (e.dead + e.failedLastHour > 0 ? number(Math.max(e.dead, e.failedLastHour)) : ''),
    figures: (e: MapEdge): string[] => [
      e.perSecond > 0 && rate(e.perSecond),
      e.queued > 0 && t('map.queued', { n: number(e.queued) }),
      e.dead > 0 && t('map.dead', { n: number(e.dead) }),
      e.failedLastHour > 0 && t('map.failed', { n: number(e.failedLastHour) }),
    ].filter((text) => text !== false),
  };
}

/** The records of an edge: those that stopped, when some did; else all. */
export function recordsOf(e: MapEdge) {
  return readFilters({
    contract: e.contract ?? undefined, plugin: e.contract ? undefined : e.plugin ?? undefined, status: stopped(e), time: 'week',
  });
}

function stopped(e: MapEdge): string | undefined {
  if (e.dead > 0) return 'DEAD';
  if (e.failedLastHour === 0) return undefined;
  if (e.to.startsWith('plugin:') || e.to.startsWith('contract:')) return 'REFUSED';
  // a place that did not take them: they are tried again, or were given up
  return e.from.startsWith('subscription:') ? 'RETRYING,DEAD' : undefined;
}
