import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Replay } from './client';

/** What is read again when something of its kind changed, and after how many milliseconds at the earliest. */
const TOUCHED: { event: string; keys: string[]; every: number }[] = [
  { event: 'plugin', keys: ['plugins', 'hub', 'contracts', 'routes', 'schedules', 'rules', 'forms'], every: 0 },
  { event: 'plugin-event', keys: ['plugins'], every: 0 },
  { event: 'records', keys: ['latest', 'record', 'children', 'subscriptions', 'routes'], every: 2_000 },
  // counts over many flows cost more than they are worth with every record
  { event: 'records', keys: ['attention', 'causes', 'facets', 'replays', 'schedules', 'rules', 'report', 'reporting'], every: 15_000 },
  { event: 'content-search', keys: ['content-search'], every: 500 },
  { event: 'map', keys: ['map'], every: 2_000 },
  { event: 'map', keys: ['metrics'], every: 10_000 },
  // what another node of the same database replays is told by that one alone
  { event: 'heartbeat', keys: ['hub', 'replays'], every: 0 },
];

/** What its page keeps up to date itself, and what never changes. */
const OWN = new Set(['flows', 'plan', 'payload']);

/** Told that flows changed. Lists that merge what is new listen to it. */
const listeners = new Set<() => void>();
/** How many changes the hub has told of; an event with another number than expected means that one was missed. */
let total: number | undefined;

type LogListener = (plugins: Record<string, number> | null) => void;
/** Told with every `log` event which plugins logged something; null when that was told to nobody. */
const logListeners = new Set<LogListener>();

export function onLog(listener: LogListener): () => void {
  logListeners.add(listener);
  return () => logListeners.delete(listener);
}

export function onFlows(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function totalOf(event: Event): number | undefined {
  return (JSON.parse((event as MessageEvent<string>).data) as { total?: number }).total;
}

/** Runs a task at once and then at most once in so many milliseconds, the last wish never lost. */
function seldom(task: () => void, every: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = () => {
    task();
    again = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) run();
    }, every);
  };
  return {
    wish: () => {
      if (timer === undefined) run();
      else again = true;
    },
    stop: () => clearTimeout(timer),
  };
}

function refresh(queries: QueryClient, keys: QueryKey[], exact = false) {
  keys.forEach((queryKey) => {
    void queries.invalidateQueries({ queryKey, exact, refetchType: document.hidden ? 'none' : 'active' });
  });
}

/** How a replay stands, wherever it is shown. */
export function tell(queries: QueryClient, replay: Replay) {
  queries.setQueryData(['replays', replay.id], replay);
  const all = queries.getQueryData<Replay[]>(['replays']);
  if (all?.some((r) => r.id === replay.id)) {
    queries.setQueryData(['replays'], all.map((r) => (r.id === replay.id ? replay : r)));
  } else {
    refresh(queries, [['replays']], true);
  }
  if (replay.endedAt !== null) {
    // an answer that was under way when it ended may come after this
    refresh(queries, [['replays']], true);
    refresh(queries, [['replays', replay.id]]);
  }
}

/**
 * Listens to the hub's events for as long as the component lives and has the lists read again when they changed; nothing is
 * asked for on a timer. Answers whether the line stands.
 */
export function useLive(): boolean {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(true);

  useEffect(() => {
    const source = new EventSource('/api/v1/events');
    source.addEventListener('hello', (e) => {
      setConnected(true);
      total = totalOf(e);
      // what happened while the line was down was told to nobody
      void queries.invalidateQueries({ predicate: (q) => !OWN.has(String(q.queryKey[0])) });
      listeners.forEach((listener) => listener());
      logListeners.forEach((listener) => listener(null));
    });
    const wishes = TOUCHED.map(({ event, keys, every }) => {
      const wish = seldom(() => refresh(queries, keys.map((key) => [key])), every);
      source.addEventListener(event, wish.wish);
      return { ...wish, event };
    });
    source.addEventListener('records', (e) => {
      total = totalOf(e);
      listeners.forEach((listener) => listener());
    });
    source.addEventListener('heartbeat', (e) => {
      if (totalOf(e) === total) return;
      total = totalOf(e);
      wishes.filter((w) => w.event === 'records').forEach((w) => w.wish());
      listeners.forEach((listener) => listener());
    });
    source.addEventListener('replay', (e) => tell(queries, JSON.parse((e as MessageEvent<string>).data) as Replay));
    source.addEventListener('log', (e) => {
      const { plugins } = JSON.parse((e as MessageEvent<string>).data) as { plugins: Record<string, number> };
      logListeners.forEach((listener) => listener(plugins));
    });
    source.onerror = () => {
      setConnected(false);
      // a line that the browser gives up is a session that has ended, or a hub that is full
      if (source.readyState === EventSource.CLOSED) void queries.invalidateQueries({ queryKey: ['session'] });
    };
    return () => {
      source.close();
      wishes.forEach((wish) => wish.stop());
    };
  }, [queries]);

  return connected;
}
