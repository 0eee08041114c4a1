import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Unit } from '../api/client';
import { ask } from '../api/queries';

/** The unit tree as the pages walk it. */
export class Tree {
  private readonly byCode: Map<string, Unit>;
  private readonly below = new Map<string, Unit[]>();

  constructor(readonly units: readonly Unit[]) {
    this.byCode = new Map(units.map((u) => [u.code, u]));
    units.forEach((u) => {
      if (u.parent) this.below.set(u.parent, [...(this.below.get(u.parent) ?? []), u]);
    });
  }

  find(code: string | undefined) {
    return code === undefined ? undefined : this.byCode.get(code);
  }

  get root() {
    return this.units.find((u) => u.parent === null);
  }

  children(code: string): readonly Unit[] {
    return this.below.get(code) ?? [];
  }

  /** From the top down to the unit itself. */
  way(code: string): Unit[] {
    const way: Unit[] = [];
    for (let at = this.find(code); at && way.length < 8; at = this.find(at.parent ?? undefined)) way.unshift(at);
    return way;
  }

  isBelow(code: string, top: string) {
    return this.way(code).some((u) => u.code === top);
  }
}

export function useTree() {
  const units = useQuery(ask.units()).data;
  return useMemo(() => (units ? new Tree(units) : undefined), [units]);
}
