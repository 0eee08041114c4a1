import { describe, expect, it } from 'vitest';
import type { Hop, Occurrence } from '../api/client';
import { millisOf } from '../parts/spans';
import { daysOf } from '../schedules/days';
import { parentsOf, replayOf, stepsOf } from './hops';

const hop = (at: string, subscription: string | null = null, parent: string | null = null) => ({ at, subscription, parent }) as Hop;

describe('the way of a record', () => {
  it('says how long after the arrival, and after the step before, each step was', () => {
    const steps = stepsOf([hop('2026-11-28T07:46:47.053056+08:00'), hop('2026-11-28T07:46:47.153+08:00', 'store'),
      hop('2026-11-28T07:46:48.153+08:00', 'csv'), hop('2026-11-28T07:46:49.153+08:00', 'csv')]);
    expect(steps.map((s) => [Math.round(s.sinceFirst), Math.round(s.sinceBefore), s.parallel]))
      .toEqual([[0, 0, false], [100, 100, false], [1100, 1000, true], [2100, 1000, false]]);
  });

  it('names each parent once', () => expect(parentsOf('me', [hop('x', null, 'a'), hop('x', null, 'a'), hop('x'), hop('x', null, 'me')])).toEqual(['a']));
});

describe('what was done by hand', () => {
  it('names its replay, which a system of that name does not', () => {
    const by = (kind: Hop['kind'], source: string | null) => replayOf({ ...hop('x'), kind, source });
    expect(by('REPLAYED', 'replay/17')).toBe('17');
    expect(by('MENDED', null)).toBeUndefined();
    expect(by('RECEIVED', 'replay/17')).toBeUndefined();
  });
});

describe('times', () => {
  it.each([['PT0.257S', 257], ['PT15M', 900_000], ['P1DT2H', 93_600_000], ['nonsense', NaN]])('%s lasts %d ms', (text, ms) =>
    expect(millisOf(text)).toBe(ms));

  it('a day of a schedule shows the gravest of what was due on it, by the hub\'s clock', () => {
    const due = (dueAt: string, state: Occurrence['state']) => ({ dueAt, state }) as Occurrence;
    expect(daysOf([due('2026-11-27T16:30:00Z', 'DONE'), due('2026-11-28T01:00:00Z', 'MISSED'), due('2026-11-27T01:00:00Z', 'DONE')],
      '2026-11-28', 3, 'Asia/Shanghai')).toEqual([
      { day: '2026-11-26', count: 0, state: null }, { day: '2026-11-27', count: 1, state: 'DONE' }, { day: '2026-11-28', count: 2, state: 'MISSED' }]);
  });
});
