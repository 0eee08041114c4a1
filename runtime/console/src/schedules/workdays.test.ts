import { describe, expect, it } from 'vitest';
import type { ScheduleDay } from '../api/client';
import { byWeight, stateOf } from './dayWords';
import { kindOf, monthOf, plusMonths, weekOf } from './workdays';

const YEAR = { year: 2026, known: true, notice: null, holidays: [{ name: '国庆节', from: '2026-10-01', to: '2026-10-07' }], workdays: ['2026-10-10'] };
const NEXT = { year: 2027, known: false, notice: null, holidays: [], workdays: [] };

describe('the work calendar', () => {
  it.each([
    ['2026-10-01', 'off', '国庆节'], ['2026-10-08', 'work', null], ['2026-10-10', 'make-up', null], ['2026-10-11', 'off', null],
    ['2027-01-01', 'unknown', null], ['2027-01-02', 'unknown', null],
  ])('%s is %s', (day, kind, holiday) => {
    expect(kindOf(day, [YEAR, NEXT])).toEqual({ kind, holiday });
  });

  it('takes days at the turn of the year from the notice beside', () => {
    const next = { ...NEXT, known: true, holidays: [{ name: '元旦', from: '2026-12-31', to: '2027-01-02' }] };
    expect(kindOf('2026-12-31', [YEAR, next]).holiday).toBe('元旦');
  });

  it('shows months in whole weeks', () => {
    expect(weekOf('2026-11-22')).toEqual(['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22']);
    const november = monthOf('2026-11-28');
    expect(november[0]![0]).toBe('2026-10-26');
    expect(november.at(-1)![6]).toBe('2026-12-06');
    expect(monthOf('2027-02-10')).toHaveLength(4);
    expect(monthOf('2026-12-31').at(-1)![6]).toBe('2027-01-03');
  });

  it('goes from month to month', () => {
    expect(plusMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(plusMonths('2026-01-15', -1)).toBe('2025-12-15');
    expect(plusMonths('2026-11-30', 3)).toBe('2027-02-28');
  });
});

describe('a day of a schedule', () => {
  const day = (counts: Partial<ScheduleDay>): ScheduleDay =>
    ({ day: '2026-11-22', schedule: 'a/b', firstDueAt: '', done: 0, failed: 0, missed: 0, skipped: 0, open: 0, coming: 0, ...counts });

  it.each([
    [{ done: 5, failed: 1 }, 'FAILED'], [{ done: 5, missed: 1 }, 'MISSED'], [{ done: 1, open: 1 }, 'RUNNING'], [{ done: 1, skipped: 1 }, 'DONE'],
    [{ skipped: 1 }, 'SKIPPED'], [{ coming: 3 }, 'COMING'], [{ done: 2, coming: 3 }, 'DONE'],
  ])('%o says %s', (counts, state) => {
    expect(stateOf(day(counts))).toBe(state);
  });

  it('stands first when it is grave, then when it is rare', () => {
    const often = day({ schedule: 'a/often', done: 700 });
    const once = day({ schedule: 'a/once', coming: 1 });
    const missed = day({ schedule: 'a/missed', done: 300, missed: 1 });
    expect([often, once, missed].sort(byWeight)).toEqual([missed, once, often]);
  });
});
