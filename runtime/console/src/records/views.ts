import { useSyncExternalStore } from 'react';
import { readFilters, type Filters } from './filters';

/** A search that is kept under a name; pinned ones stand in sight above the list. */
export type View = { name: string; filters: Filters; pinned: boolean };

const KEY = 'yuzui.views';
const listeners = new Set<() => void>();
let kept: View[] | undefined;

function load(): View[] {
  if (kept) return kept;
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    kept = Array.isArray(read) ? read.flatMap(viewOf) : [];
  } catch {
    kept = [];
  }
  return kept;
}

function viewOf(value: unknown): View[] {
  const { name, filters, pinned } = (value ?? {}) as Partial<View>;
  return typeof name === 'string' && typeof filters === 'object' && filters !== null
    ? [{ name, filters: readFilters(filters), pinned: pinned === true }] : [];
}

function keep(views: View[]) {
  kept = views;
  localStorage.setItem(KEY, JSON.stringify(views));
  listeners.forEach((listener) => listener());
}

/** The views of this browser, and how to change them. One name is one view. */
export function useViews() {
  const views = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, load);

  return {
    views,
    save: (view: View) => keep([...views.filter((v) => v.name !== view.name), view]),
    pin: (name: string, pinned: boolean) => keep(views.map((v) => (v.name === name ? { ...v, pinned } : v))),
    remove: (name: string) => keep(views.filter((v) => v.name !== name)),
  };
}
