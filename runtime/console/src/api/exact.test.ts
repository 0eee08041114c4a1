import { describe, expect, it } from 'vitest';
import { asNumbers, exactly, NUMBER } from './exact';

describe('numbers that a double would round', () => {
  it.each([
    ['{"a":12345678901234567.89,"b":1.5}', '{"a":"12345678901234567.89","b":1.5}'],
    ['[-9007199254740993]', '["-9007199254740993"]'],
    ['{"id":"12345678901234567890 \\" 99999999999999999"}', '{"id":"12345678901234567890 \\" 99999999999999999"}'],
    ['[0.00000000000000012]', '[0.00000000000000012]'],
    ['[123456789012345, 1.234567890123456E+20]', '[123456789012345, "1.234567890123456E+20"]'],
  ])('%s', (given, read) => expect(exactly(given)).toBe(read));

  it('come out as they went in', () => {
    const given = '{"amount":12345678901234567.89,"said":"12345678901234567.89"}';
    const read = JSON.parse(exactly(given, NUMBER)) as Record<string, string>;
    expect(read.amount).toBe(`${NUMBER}12345678901234567.89`);
    expect(asNumbers(JSON.stringify(read))).toBe(given);
  });
});
