import { describe, expect, it } from 'vitest';
import type { LiveMap, MapEdge, MapNode } from '../api/client';
import { around, curve, place, shapeOf, strength } from './layout';
import { recordsOf } from './words';

const node = (id: string, plugin: string | null = null): MapNode =>
  ({ id, kind: 'plugin', title: { zh: id, en: id }, state: 'good', detail: null, plugin, ref: id });
const edge = (from: string, to: string): MapEdge =>
  ({ from, to, contract: null, plugin: null, routes: [], perSecond: 0, queued: 0, dead: 0, failedLastHour: 0 });

const map: LiveMap = {
  at: '2026-11-22T08:00:00+08:00',
  nodes: [node('sink', 'b'), node('system', 'a'), node('plugin:a', 'a'), node('contract', 'a'), node('plugin:b', 'b'), node('far', 'c')],
  edges: [edge('system', 'plugin:a'), edge('plugin:a', 'contract'), edge('contract', 'sink')],
};

describe('the map', () => {
  it('goes from left to right as records do', () => {
    const { nodes, edges, width, height } = place(map);
    const x = (id: string) => nodes.find((n) => n.node.id === id)!.x;
    expect(x('system')).toBeLessThan(x('plugin:a'));
    expect(x('plugin:a')).toBeLessThan(x('contract'));
    expect(x('contract')).toBeLessThan(x('sink'));
    expect(nodes.map((n) => n.x)).toEqual([...nodes.map((n) => n.x)].sort((a, b) => a - b));
    expect(edges.every((e) => e.path.startsWith('M'))).toBe(true);
    expect(width).toBeGreaterThan(0);
    expect(height).toBeGreaterThan(0);
  });

  it('shows of a plugin what is its own and its neighbours', () => {
    expect(around(map, 'b').nodes.map((n) => n.id)).toEqual(['sink', 'contract', 'plugin:b']);
    expect(around(map, undefined)).toBe(map);
  });

  it('stays where it is while only figures move', () => {
    const moved = { ...map, nodes: map.nodes.map((n) => ({ ...n, state: 'bad' as const })), edges: map.edges.map((e) => ({ ...e, queued: 3 })) };
    expect(shapeOf(moved)).toBe(shapeOf(map));
  });

  it('leads from a line to what stopped on it, else to all that passed', () => {
    const from = (e: MapEdge) => recordsOf(e);
    expect(from({ ...edge('system:a', 'plugin:a'), plugin: 'a' })).toEqual({ plugin: 'a', time: 'week' });
    expect(from({ ...edge('plugin:a', 'contract:c'), contract: 'c', plugin: 'a', failedLastHour: 2 })).toEqual({ contract: 'c', status: ['REFUSED'], time: 'week' });
    expect(from({ ...edge('contract:c', 'subscription:a/s'), contract: 'c', dead: 1 })).toEqual({ contract: 'c', status: ['DEAD'], time: 'week' });
    expect(from({ ...edge('subscription:a/s', 'sink:x'), contract: 'c', plugin: 'a', failedLastHour: 1 })).toEqual({ contract: 'c', status: ['RETRYING', 'DEAD'], time: 'week' });
  });

  it('bears a circle', () => {
    const round = { ...map, edges: [...map.edges, edge('contract', 'plugin:a')] };
    expect(place(round).edges).toHaveLength(4);
  });

  it('rounds corners off and is stronger where more passes', () => {
    expect(curve([{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 20, y: 10 }])).toBe('M0 0Q10 0 15 5L20 10');
    expect(curve([])).toBe('');
    expect(strength(0)).toBeLessThan(strength(1));
    expect(strength(1e9)).toBe(7);
  });
});
