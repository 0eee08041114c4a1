import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api, CallError, type FlowPage } from '../api/client';
import { onFlows } from '../api/live';
import { useClock } from '../parts/clock';
import { queryOf, type Filters } from './filters';
import { merge, unseen } from './merge';

const PAGE = 100;
/** A list that only ever grows at its top is begun anew at this length. */
const MOST = 5_000;
const EVERY = 1_000;
/** A look that the hub leaves unanswered so long is given up, and one that failed is repeated, each time later. */
const PATIENCE = 20_000;
const LATEST_AGAIN = 16_000;
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

  const [failed, setFailed] = useState<unknown>(null);
  /** Of a look that no query made: whoever is not known any more is asked who he is, as after any other call. */
  const missed = useCallback((error: unknown) => {
    if (error instanceof CallError && error.unauthorized) void queries.resetQueries({ queryKey: ['session'] });
  }, [queries]);
  const refresh = useCallback(() => ask(undefined).then((newest) => {
    setFailed(null);
    begin(newest);
  }, (error: unknown) => {
    missed(error);
    setFailed(error);
  }), [ask, begin, missed]);

  useEffect(() => setWaiting({ count: 0, more: false }), [key]);

  useEffect(() => {
    let ended = false;
    let busy = false;
    let again = false;
    let pause = EVERY;
    const look = async () => {
      if (document.hidden) return;
      const newest = await ask(undefined, AbortSignal.timeout(PATIENCE));
      if (ended) return;
      const data = queries.getQueryData<Pages>(key); // as it is now: a further page may have come meanwhile
      if (!data) {
        again = true; // the first page is under way, and may have been read before what we were told of
        return;
      }
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
      void look().then(() => {
        pause = EVERY;
      }, (e: unknown) => {
        missed(e);
        // nobody tells a second time: a look that failed is owed until it succeeds
        again = !(e instanceof CallError && e.unauthorized);
        pause = Math.min(pause * 2, LATEST_AGAIN);
      }).finally(() => setTimeout(() => {
        busy = false;
        if (again && !ended) {
          again = false;
          told();
        }
      }, pause));
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
  }, [queries, key, ask, begin, missed, paused]);

  const flows = useMemo(() => found.data?.pages.flatMap((page) => page.records) ?? [], [found.data]);
  return { flows, waiting, refresh, failed, found };
}
