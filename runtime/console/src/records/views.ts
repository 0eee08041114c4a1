import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import { api } from '../api/client';
import { ask } from '../api/queries';
import { readFilters, type Filters } from './filters';

/** A search that is kept under a name, in this browser or, by somebody, for all; pinned ones stand in sight above the list. */
export type View = { name: string; filters: Filters; pinned: boolean; by?: string };

/** Of this browser: its own views, and which of those for all are pinned here. */
type Kept = { own: View[]; pinned: string[] };

const KEY = 'yuzui.views';
const PINNED = 'yuzui.views.pinned';
const listeners = new Set<() => void>();
let kept: Kept | undefined;

function stored(key: string): unknown[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

function load(): Kept {
  kept ??= { own: stored(KEY).flatMap(viewOf), pinned: stored(PINNED).filter((name) => typeof name === 'string') };
  return kept;
}

function viewOf(value: unknown): View[] {
  const { name, filters, pinned } = (value ?? {}) as Partial<View>;
  return typeof name === 'string' && typeof filters === 'object' && filters !== null
    ? [{ name, filters: readFilters(filters), pinned: pinned === true }] : [];
}

function keep(now: Kept) {
  kept = now;
  localStorage.setItem(KEY, JSON.stringify(now.own));
  localStorage.setItem(PINNED, JSON.stringify(now.pinned));
  listeners.forEach((listener) => listener());
}

/** Filters as an address has them behind its ?, and back. */
export function searchOf(filters: Filters): string {
  return new URLSearchParams(Object.entries(filters).flatMap(([name, value]) =>
    (value === undefined ? [] : name === 'field' && Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]))).toString();
}

export function filtersOf(search: string): Filters {
  const given = new URLSearchParams(search);
  return readFilters(Object.fromEntries([...new Set(given.keys())].map((name) => [name, name === 'field' ? given.getAll(name) : given.get(name)])));
}

/** The views of this browser and those that are kept for all, and how to change them. Of each sort one name is one view. */
export function useViews() {
  const { own, pinned } = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, load);
  const queries = useQueryClient();
  const shared = useQuery(ask.views());
  const forAll = useMemo(() => (shared.data ?? []).map((v): View => ({ name: v.name, filters: filtersOf(v.search), pinned: pinned.includes(v.name), by: v.who })), [shared.data, pinned]);
  const onSettled = () => queries.invalidateQueries({ queryKey: ['views'] });
  const share = useMutation({
    mutationFn: ({ name, filters }: View) => api.keepView(name, searchOf(filters)),
    onSuccess: (_, view) => keep({ ...load(), pinned: [...new Set([...load().pinned, ...(view.pinned ? [view.name] : [])])] }),
    onSettled,
  });
  const unshare = useMutation({
    mutationFn: (name: string) => api.removeView(name),
    onSuccess: (_, name) => keep({ ...load(), pinned: load().pinned.filter((p) => p !== name) }),
    onSettled,
  });

  return {
    views: [...own, ...forAll],
    trouble: share.error ?? unshare.error ?? shared.error,
    save: (view: View) => keep({ ...load(), own: [...own.filter((v) => v.name !== view.name), view] }),
    share: share.mutate,
    pin: (view: View, to: boolean) => keep(view.by === undefined
      ? { own: own.map((v) => (v.name === view.name ? { ...v, pinned: to } : v)), pinned }
      : { own, pinned: to ? [...pinned, view.name] : pinned.filter((name) => name !== view.name) }),
    remove: (view: View) => (view.by === undefined ? keep({ own: own.filter((v) => v.name !== view.name), pinned }) : unshare.mutate(view.name)),
  };
}
