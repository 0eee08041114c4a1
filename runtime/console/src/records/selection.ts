import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Flow } from '../api/client';
import type { Filters } from './filters';

/** What is chosen from a list: single flows, or all that its filter matches. */
export type Selection = { all: boolean; ids: ReadonlySet<string> };

const NONE: Selection = { all: false, ids: new Set() };
/** The choice of a search outlives its page: whoever comes back finds it. One search at a time. */
let kept: { search: string; selection: Selection } = { search: '', selection: NONE };
let anchor: string | undefined;
const listeners = new Set<() => void>();

function keep(search: string, selection: Selection) {
  kept = { search, selection };
  listeners.forEach((listener) => listener());
}

/** The ids from one flow to another of a list, both included, whichever comes first. */
export function between(ids: readonly string[], one: string, other: string): string[] {
  const [a, b] = [ids.indexOf(one), ids.indexOf(other)];
  return a < 0 || b < 0 ? [other] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}

export function useSelection(filters: Filters, flows: readonly Flow[]) {
  const search = useMemo(() => JSON.stringify(filters), [filters]);
  const selection = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => (kept.search === search ? kept.selection : NONE));

  /** Takes a flow in or out; with `range` all from the one that was taken last. */
  const toggle = useCallback((id: string, range: boolean) => {
    const now = kept.search === search && !kept.selection.all ? kept.selection.ids : NONE.ids;
    const ids = new Set(now);
    const meant = range && anchor !== undefined ? between(flows.map((f) => f.id), anchor, id) : [id];
    const put = !now.has(id);
    meant.forEach((one) => (put ? ids.add(one) : ids.delete(one)));
    anchor = id;
    keep(search, { all: false, ids });
  }, [search, flows]);

  return {
    selection,
    toggle,
    none: useCallback(() => keep(search, NONE), [search]),
    all: useCallback(() => keep(search, { all: true, ids: new Set() }), [search]),
    loaded: useCallback(() => keep(search, { all: false, ids: new Set(flows.map((f) => f.id)) }), [search, flows]),
  };
}
