import { describe, expect, it } from 'vitest';
import { kindsOf } from './kinds';
import { KINDS, periodOf, readPeriod, step } from './periods';

describe('periods', () => {
  it.each([
    ['day', '2026-11-22', '2026-11-22', '2026-11-22', '2026-11-22'],
    ['week', '2026-11-22', '2026-W47', '2026-11-16', '2026-11-22'],
    ['week', '2027-01-03', '2026-W53', '2026-12-28', '2027-01-03'],
    ['week', '2024-12-30', '2025-W01', '2024-12-30', '2025-01-05'],
    ['month', '2028-02-11', '2028-02', '2028-02-01', '2028-02-29'],
    ['quarter', '2026-11-22', '2026-Q4', '2026-10-01', '2026-12-31'],
    ['half-year', '2026-06-30', '2026-H1', '2026-01-01', '2026-06-30'],
    ['year', '2026-06-30', '2026', '2026-01-01', '2026-12-31'],
  ] as const)('the %s of %s is %s', (kind, day, text, first, last) => {
    expect(periodOf(kind, day)).toEqual({ kind, text, first, last });
    expect(readPeriod(text)).toEqual({ kind, text, first, last });
  });

  it('goes forth and back to where it was, over three years', () => {
    for (const kind of KINDS) {
      for (let at = periodOf(kind, '2020-01-01'); at.first < '2023-01-01'; at = step(at, 1)) {
        expect(step(step(at, 1), -1)).toEqual(at);
        expect(readPeriod(at.text)).toEqual(at);
      }
    }
  });

  it('a form is looked at for what is made up of its own periods', () => {
    expect(kindsOf({ period: 'day' })).toEqual(KINDS);
    expect(kindsOf({ period: 'week' })).toEqual(['week']);
    expect(kindsOf({ period: 'month' })).toEqual(['month', 'quarter', 'half-year', 'year']);
  });

  it.each(['2026-13', '2026-02-30', '2026-W54', '2026-W00', '2026-Q5', 'x', '', '26'])('%j is none', (text) => {
    expect(readPeriod(text)).toBeNull();
  });
});
