import { describe, expect, it } from 'vitest';
import type { LogLine } from '../api/client';
import { sortOf } from './routes/sorts';
import { joined } from './useLog';

const line = (number: number): LogLine => ({ number, at: '', level: 'INFO', logger: '', thread: '', route: null, message: '', error: null });
const numbers = (lines: LogLine[]) => lines.map((l) => l.number);

describe('a log', () => {
  it('takes new lines before the old ones, each once', () => {
    expect(numbers(joined([line(3), line(2)], [line(5), line(4), line(3)], false))).toEqual([5, 4, 3, 2]);
    expect(numbers(joined([], [line(1)], false))).toEqual([1]);
  });

  it('begins anew when it could not keep up', () => {
    expect(numbers(joined([line(3)], [line(900)], true))).toEqual([900]);
  });

  it('keeps no more than somebody reads', () => {
    expect(joined(Array.from({ length: 2_000 }, (_, i) => line(2_000 - i)), [line(2_001)], false)).toHaveLength(2_000);
  });
});

describe('steps', () => {
  it('are told apart', () => {
    expect(['to', 'choice', 'doTry', 'setHeader'].map(sortOf)).toEqual(['to', 'decides', 'guards', 'works']);
  });
});
