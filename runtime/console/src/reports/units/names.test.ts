import { describe, expect, it } from 'vitest';
import { nameFor } from './names';

describe('what a unit file is called', () => {
  it.each([['institutions.xlsx', 'institutions.csv'], ['units.csv', 'units.csv'], ['2026 机构.xlsx', 'units.csv'], ['../x.csv', 'units.csv']])('%s', (chosen, name) => {
    expect(nameFor(chosen)).toBe(name);
  });
});
