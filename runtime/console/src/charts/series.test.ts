import { describe, expect, it } from 'vitest';
import { rates, summary, values } from './series';

const point = (at: string, received: number, p50Ms: number | null = null) =>
  ({ at, received, refused: 1, delivered: received, dead: 0, p50Ms, p95Ms: p50Ms });

describe('series', () => {
  it('are rates, with a gap where the hub was away', () => {
    const history = { step: 10, points: [point('2026-11-22T08:00:00Z', 20), point('2026-11-22T08:00:10Z', 5), point('2026-11-22T08:10:00Z', 10)] };
    const at = Date.parse('2026-11-22T08:00:00Z');
    expect(rates(history, (p) => p.received)).toEqual([[at, 2], [at + 10_000, 0.5], [at + 20_000, null], [at + 600_000, 1]]);
    expect(values(history, (p) => p.p50Ms).map(([, v]) => v)).toEqual([null, null, null, null]);
  });

  it('are summed up', () => {
    expect(summary([point('2026-11-22T08:00:00Z', 20, 3), point('2026-11-22T08:00:10Z', 5)]))
      .toEqual({ received: 25, delivered: 25, stopped: 2, p50: 3, p95: 3 });
    expect(summary([])).toEqual({ received: 0, delivered: 0, stopped: 0, p50: null, p95: null });
  });
});
