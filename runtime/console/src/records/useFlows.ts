import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api, type FlowPage } from '../api/client';
import { onFlows } from '../api/live';
import { useClock } from '../parts/clock';
import { queryOf, type Filters } from './filters';
import { merge, unseen } from './merge';

const PAGE = 100;
/** A list that only ever grows at its top is begun anew at this length. */
const MOST = 5_000;
const EVERY = 1_000;
const AT_TOP = 80;

type Pages = InfiniteData<FlowPage, string | undefined>;

/**
 * The flows that fit, page after page, and what comes in meanwhile: at the top of a list that isn't paused it is put in, else
 * it is counted.
 */
export function useFlows(filters: Filters, paused: boolean) {
  const queries = useQueryClient();
  const { known, now, zone } = useClock();
  const key = useMemo(() => ['flows', filters], [filters]);
  const [waiting, setWaiting] = useState<{ count: number; more: boolean }>({ count: 0, more: false });
  const clock = useRef(now);
  clock.current = now;

  const ask = useCallback((cursor: string | undefined, signal?: AbortSignal) =>
    api.records({ ...queryOf(filters, clock.current(), zone), limit: PAGE, cursor }, signal), [filters, zone]);

  const found = useInfiniteQuery({
    queryKey: key,
    enabled: known,
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: FlowPage) => page.next ?? undefined,
    gcTime: 10 * 60_000,
  });

  const begin = useCallback((newest: FlowPage) => {
    queries.setQueryData<Pages>(key, { pages: [newest], pageParams: [undefined] });
    setWaiting({ count: 0, more: false });
  }, [queries, key]);

  const refresh = useCallback(async () => begin(await ask(undefined)), [ask, begin]);

  useEffect(() => setWaiting({ count: 0, more: false }), [key]);

  useEffect(() => {
    let ended = false;
    let busy = false;
    let again = false;
    const look = async () => {
      const data = queries.getQueryData<Pages>(key);
      if (!data || document.hidden) return;
      const newest = await ask(undefined);
      if (ended) return;
      if (paused || window.scrollY > AT_TOP) {
        setWaiting(unseen(data.pages, newest));
        return;
      }
      const pages = data.pages.reduce((sum, page) => sum + page.records.length, 0) > MOST ? null : merge(data.pages, newest);
      if (pages) queries.setQueryData<Pages>(key, { pages, pageParams: data.pageParams.slice(0, pages.length) });
      else begin(newest);
      setWaiting({ count: 0, more: false });
    };
    const told = () => {
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      // a look that fails is followed by the next one; the header says when the line is down
      void look().catch(() => undefined).finally(() => setTimeout(() => {
        busy = false;
        if (again && !ended) {
          again = false;
          told();
        }
      }, EVERY));
    };
    const stop = onFlows(told);
    // what was told while nobody listened here, or while a look was given up; after Back has found its place
    const first = setTimeout(told, EVERY);
    // nothing is read while nobody looks
    const seen = () => {
      if (!document.hidden) told();
    };
    document.addEventListener('visibilitychange', seen);
    return () => {
      ended = true;
      clearTimeout(first);
      stop();
      document.removeEventListener('visibilitychange', seen);
    };
  }, [queries, key, ask, begin, paused]);

  const flows = useMemo(() => found.data?.pages.flatMap((page) => page.records) ?? [], [found.data]);
  return { flows, waiting, refresh, found };
}
