import { Graph, layout as arrange } from '@dagrejs/dagre';
import type { LiveMap, MapEdge, MapNode } from '../api/client';

export const WIDTH = 196;
export const HEIGHT = 50;

export type Placed = { node: MapNode; x: number; y: number };
export type Drawn = { edge: MapEdge; path: string; middle: { x: number; y: number } };
export type Layout = { width: number; height: number; nodes: Placed[]; edges: Drawn[] };

/** What of a map concerns a plugin: what is its own, and what it stands next to. */
export function around(map: LiveMap, plugin: string | undefined): LiveMap {
  if (!plugin) return map;
  const own = new Set(map.nodes.filter((n) => n.plugin === plugin).map((n) => n.id));
  const edges = map.edges.filter((e) => own.has(e.from) || own.has(e.to));
  const near = new Set([...own, ...edges.flatMap((e) => [e.from, e.to])]);
  return { ...map, nodes: map.nodes.filter((n) => near.has(n.id)), edges };
}

/** What the layout depends on: figures and states may move without anything changing its place. */
export function shapeOf(map: LiveMap): string {
  return JSON.stringify([map.nodes.map((n) => n.id), map.edges.map((e) => [e.from, e.to])]);
}

/** Places the nodes from left to right in the direction in which records pass. */
export function place(map: LiveMap): Layout {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 84, marginx: 8, marginy: 8, ranker: 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  map.nodes.forEach((n) => graph.setNode(n.id, { width: WIDTH, height: HEIGHT }));
  map.edges.forEach((e) => graph.setEdge(e.from, e.to));
  arrange(graph);
  const { width = 0, height = 0 } = graph.graph();
  const nodes = map.nodes.map((node) => {
    const at = graph.node(node.id);
    return { node, x: at.x! - WIDTH / 2, y: at.y! - HEIGHT / 2 };
  });
  const edges = map.edges.map((edge) => {
    const points = (graph.edge(edge.from, edge.to).points ?? []) as { x: number; y: number }[];
    return { edge, path: curve(points), middle: points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 } };
  });
  // the order in which somebody goes through it with the keyboard: from left to right, from top to bottom
  nodes.sort((a, b) => a.x - b.x || a.y - b.y);
  return { width, height, nodes, edges };
}

/** A line through the points whose corners are rounded off. */
export function curve(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const at = (p: { x: number; y: number }) => `${round(p.x)} ${round(p.y)}`;
  let path = `M${at(first)}`;
  rest.forEach((p, i) => {
    const next = rest[i + 1];
    path += next ? `Q${at(p)} ${at({ x: (p.x + next.x) / 2, y: (p.y + next.y) / 2 })}` : `L${at(p)}`;
  });
  return path;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}

/** How strong a line is drawn: three times for every tenfold. */
export function strength(perSecond: number): number {
  return perSecond <= 0 ? 1.5 : Math.min(7, 2 + Math.log10(1 + perSecond) * 1.8);
}
