import type { RuleElement } from '../api/client';

export type Node = { element: RuleElement; x: number; y: number };
export type Graph = { nodes: Node[]; edges: { from: Node; to: Node }[]; width: number; height: number };

export const NODE = { width: 168, height: 40, gapX: 56, gapY: 14 };

/** What stands on what, from left to right: each element right of all that it needs. */
export function layOut(elements: RuleElement[]): Graph {
  const byName = new Map(elements.map((e) => [e.name, e]));
  const levels = new Map<string, number>();
  const level = (e: RuleElement, open: Set<string>): number => {
    const known = levels.get(e.name);
    if (known !== undefined || open.has(e.name)) return known ?? 0;
    open.add(e.name);
    const found = Math.max(0, ...e.needs.map((n) => byName.get(n)).filter((n) => n !== undefined).map((n) => level(n, open) + 1));
    levels.set(e.name, found);
    return found;
  };
  const columns: RuleElement[][] = [];
  elements.forEach((e) => {
    const at = level(e, new Set());
    (columns[at] ??= []).push(e);
  });
  const tallest = Math.max(1, ...columns.map((c) => c.length));
  const height = tallest * (NODE.height + NODE.gapY) - NODE.gapY;
  const nodes = columns.flatMap((column, x) => {
    const top = (height - (column.length * (NODE.height + NODE.gapY) - NODE.gapY)) / 2;
    return column.map((element, y) => ({ element, x: x * (NODE.width + NODE.gapX), y: top + y * (NODE.height + NODE.gapY) }));
  });
  const nodeOf = new Map(nodes.map((n) => [n.element.name, n]));
  const edges = nodes.flatMap((to) => to.element.needs.map((name) => nodeOf.get(name)).filter((n) => n !== undefined).map((from) => ({ from, to })));
  return { nodes, edges, width: columns.length * (NODE.width + NODE.gapX) - NODE.gapX, height };
}
