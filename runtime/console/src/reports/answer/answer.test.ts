import { describe, expect, it } from 'vitest';
import type { Indicator } from '../../api/client';
import { compute, groupsOf } from './formula';
import { asTyped, plainNumber, sentOf } from './typing';

describe('formulas', () => {
  const scope = { electricity: 100, gas: 2, factors: { electricity: 0.1229 }, lastYear: { electricity: 150 } };
  it.each([
    ['electricity * factors.electricity + gas * 1.5', 15.29],
    ['lastYear.electricity - electricity', 50],
    ['-(electricity - 2 * gas) / 4', -24],
    ['8 / 2 / 2', 2],
  ])('%s', (formula, result) => expect(compute(formula, scope)).toBeCloseTo(result, 10));

  it.each(['water + 1', 'if gas > 1 then 1 else 2', 'sum(gas, 1)', 'gas / 0', 'gas +', 'factors', '(gas'])('%s is left to the hub', (formula) => {
    expect(compute(formula, scope)).toBeNull();
  });

  it('says where it looks', () => expect(groupsOf('lastYear.a - b * factors.c')).toEqual(['lastYear', 'factors']));
});

describe('typing', () => {
  it.each([['１２３', '123'], ['1,234.5', '1234.5'], ['1,5', '1,5'], [' 12 ', '12'], ['−3', '-3'], ['12。5', '12.5'], ['abc', 'abc']])('%s is %s', (typed, sent) => {
    expect(plainNumber(typed)).toBe(sent);
  });

  it('sends what is asked for and not empty', () => {
    const of = (code: string, kind: Indicator['kind'], formula: string | null = null) => ({ code, kind, formula }) as Indicator;
    expect(sentOf({ a: '1', b: '', c: '3', d: '21' }, [of('a', 'SUM'), of('b', 'SUM'), of('c', 'SUM', 'a + 1'), of('d', 'CHOICE'), of('r', 'RATIO')]))
      .toEqual({ a: '1', d: '21' });
  });

  it('writes no exponents', () => expect([1e21, 1e-7, 0.1, 'x', null].map(asTyped)).toEqual(['1000000000000000000000', '0.0000001', '0.1', 'x', '']));
});
