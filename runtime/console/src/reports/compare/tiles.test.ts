import { describe, expect, it } from 'vitest';
import { cities, placeOf, shades } from './tiles';

describe('tiles', () => {
  it('has a place of its own for each of the 21 cities', () => {
    expect(cities).toHaveLength(21);
    expect(new Set(cities.map((c) => placeOf(c)!.join()))).toHaveProperty('size', 21);
  });

  it('spreads the shades evenly, whatever the greatest is', () => {
    expect(shades([1, 2, 3, 4, 1000])).toEqual([0, 1, 2, 3, 4]);
    expect(shades([null, 7, 7])).toEqual([null, 0, 0]);
    expect(shades([])).toEqual([]);
  });
});
