import type { MetricsHistory } from '../api/client';

type Point = MetricsHistory['points'][number];

/** What passed a second, with a gap of nothing where the hub was away. */
export function rates({ step, points }: MetricsHistory, of: (p: Point) => number): [number, number | null][] {
  return gaps(points, step).map(([at, p]) => [at, p ? round(of(p) / step) : null]);
}

export function values({ step, points }: MetricsHistory, of: (p: Point) => number | null): [number, number | null][] {
  return gaps(points, step).map(([at, p]) => [at, p ? of(p) : null]);
}

/** The points, with an empty one where at least one is missing, so that no line is drawn across. */
function gaps(points: readonly Point[], step: number): [number, Point | null][] {
  const all: [number, Point | null][] = [];
  points.forEach((p) => {
    const at = new Date(p.at).getTime();
    const last = all.at(-1);
    if (last && at - last[0] > step * 2500) all.push([last[0] + step * 1000, null]);
    all.push([at, p]);
  });
  return all;
}

/** The span in a few figures; the latency is that of its last step in which anything was delivered. */
export function summary(points: readonly Point[]) {
  const sum = (of: (p: Point) => number) => points.reduce((all, p) => all + of(p), 0);
  const last = [...points].reverse().find((p) => p.p50Ms !== null);
  return {
    received: sum((p) => p.received), delivered: sum((p) => p.delivered), stopped: sum((p) => p.refused + p.dead),
    p50: last?.p50Ms ?? null, p95: last?.p95Ms ?? null,
  };
}

function round(n: number): number {
  return Math.round(n * 100) / 100;
}
