import { describe, expect, it } from 'vitest';
import { followsGo } from './shortcuts';

describe('a key after g', () => {
  it('goes somewhere when it comes soon', () => {
    expect(followsGo(10_000, 10_900)).toBe(true);
    expect(followsGo(10_000, 12_000)).toBe(false);
  });

  it('goes nowhere without g, in the first moments of a page too', () => {
    expect(followsGo(undefined, 300)).toBe(false);
    expect(followsGo(undefined, 12_000)).toBe(false);
  });
});
