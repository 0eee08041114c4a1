import { useMemo } from 'react';
import type { FlowQuery } from '../api/client';
import { useClock } from '../parts/clock';
import { queryOf, type Filters } from './filters';

const MINUTE = 60_000;

/** What the hub is asked for counts over a filter; a range that moves is moved by the minute, so that an answer can be kept so long. */
export function useRange(filters: Filters): FlowQuery {
  const { now, zone } = useClock();
  const minute = Math.floor(now().getTime() / MINUTE) * MINUTE;
  return useMemo(() => queryOf(filters, new Date(minute), zone), [filters, minute, zone]);
}
