import { describe, expect, it } from 'vitest';
import type { RuleDecision, RuleElement, Trial } from '../api/client';
import { parts, readCell, tokens } from './feel';
import { layOut } from './graph';
import { changesOf, coverage, readInputs, wayOf } from './lab';

describe('a cell', () => {
  it.each([
    ['-', { kind: 'any' }],
    ['"day-off"', { kind: 'tests', not: false, tests: [{ kind: 'is', value: 'day-off' }] }],
    ['"a", "b,c"', { kind: 'tests', not: false, tests: [{ kind: 'is', value: 'a' }, { kind: 'is', value: 'b,c' }] }],
    ['>= 0.5', { kind: 'tests', not: false, tests: [{ kind: 'compare', sign: '≥', value: '0.5' }] }],
    ['[1..5)', { kind: 'tests', not: false, tests: [{ kind: 'range', from: '1', fromIn: true, to: '5', toIn: false }] }],
    [']1..5]', { kind: 'tests', not: false, tests: [{ kind: 'range', from: '1', fromIn: false, to: '5', toIn: true }] }],
    ['not("x", null)', { kind: 'tests', not: true, tests: [{ kind: 'is', value: 'x' }, { kind: 'is', value: 'null' }] }],
    ['< date("2026-01-01")', { kind: 'tests', not: false, tests: [{ kind: 'compare', sign: '<', value: '2026-01-01' }] }],
    ['false', { kind: 'tests', not: false, tests: [{ kind: 'is', value: 'false' }] }],
    ['? > x + 1', { kind: 'feel', text: '? > x + 1' }],
    ['> limit', { kind: 'feel', text: '> limit' }],
  ])('says %s in words', (text, cell) => expect(readCell(text)).toEqual(cell));

  it('keeps commas inside texts and brackets together', () => {
    expect(parts('f(1, 2), "a, b", [1..2]')).toEqual(['f(1, 2)', '"a, b"', '[1..2]']);
  });

  it('is coloured without losing a character', () => {
    const text = 'if count(缺报) = 0 then "好, 1" else\n  [1.5]';
    expect(tokens(text).map((t) => t.text).join('')).toBe(text);
    expect(tokens('if a then "b"').map((t) => t.kind)).toEqual(['word', 'sign', 'name', 'sign', 'word', 'sign', 'text']);
  });
});

describe('the lab', () => {
  it('reads an object, a list, or an object a line', () => {
    expect(readInputs('{"a": 1}')).toEqual({ inputs: [{ a: 1 }] });
    expect(readInputs('[{"a": 1}, {"a": 2}]')).toEqual({ inputs: [{ a: 1 }, { a: 2 }] });
    expect(readInputs('{"a": 1}\n\n{"a": 2}\n')).toEqual({ inputs: [{ a: 1 }, { a: 2 }] });
  });

  it('says on which line it can go no further', () => {
    expect(readInputs('{\n  "a": 1,\n  b\n}')).toEqual({ line: 3 });
    expect(readInputs('{"a": 1}\n{"a": }')).toEqual({ line: 2 });
    expect(readInputs('[]')).toEqual({ line: 1 });
    expect(readInputs('7')).toEqual({ line: 1 });
  });

  it('sends only what was changed of a recorded input', () => {
    expect(changesOf({ name: '张**', km: 3 }, { name: '张**', km: 4, more: null })).toEqual({ km: 4, more: null });
  });

  it('counts what no row, several rows, and never a row', () => {
    const tried = (...matched: number[]) => ({ tables: [{ table: 't', values: [], rows: [1, 2, 3].map((row) => (
      { row, cells: [], matched: matched.includes(row), chosen: matched[0] === row })) }] }) as unknown as Trial;
    expect(coverage([tried(1), tried(), tried(1, 2)])).toEqual([{ table: 't', asked: 3, unmatched: [2], several: [3], never: [3] }]);
  });

  it('names the way of a decision', () => {
    const fired = [{ table: '结论', matched: [1, 2], chosen: [1] }, { table: 'x', matched: [], chosen: [] }];
    expect(wayOf({ fired, refused: null } as unknown as RuleDecision)).toBe('结论 1 · x –');
    expect(wayOf({ fired: [], refused: { code: 'missing-input', place: 'km' } } as unknown as RuleDecision)).toBe('missing-input km');
  });
});

describe('the graph', () => {
  const element = (name: string, ...needs: string[]) => ({ kind: 'DECISION', name, needs }) as unknown as RuleElement;

  it('stands everything right of what it needs', () => {
    const { nodes, edges, width } = layOut([element('a'), element('b', 'a'), element('c', 'a', 'b'), element('d', 'a')]);
    const x = (name: string) => nodes.find((n) => n.element.name === name)!.x;
    expect(x('a')).toBe(0);
    expect(x('b')).toBe(x('d'));
    expect(x('c')).toBeGreaterThan(x('b'));
    expect(edges).toHaveLength(4);
    expect(width).toBe(x('c') + 168);
  });

  it('ends also when elements need each other, or what there is not', () => {
    expect(layOut([element('a', 'b'), element('b', 'a', 'gone')]).nodes).toHaveLength(2);
    expect(layOut([]).nodes).toEqual([]);
  });
});
