import { describe, expect, it } from 'vitest';
import { endOfDay } from './days';

describe('the end of a day', () => {
  it.each([['2026-11-22', 'Asia/Shanghai', '2026-11-22T15:59:59.000Z'], ['2026-11-22', 'UTC', '2026-11-22T23:59:59.000Z'], ['2026-07-01', 'Europe/London', '2026-07-01T22:59:59.000Z']])(
    '%s in %s', (day, zone, instant) => expect(endOfDay(day, zone)).toBe(instant));
});
