/** Places in a message that a cause names, in the words of its format. */
export type Places = {
  /** JSON pointers: `/patient/name`. */
  pointers: ReadonlySet<string>;
  /** Fields of HL7: `PID-3`. */
  fields: ReadonlySet<string>;
  /** Lines of a text, from 1. */
  lines: ReadonlySet<number>;
};

export const NOWHERE: Places = { pointers: new Set(), fields: new Set(), lines: new Set() };

/** Reads the places out of a sentence; a file's path or an address in it is none. */
export function placesIn(cause: string | null | undefined): Places {
  const text = cause ?? '';
  const pointers = [...text.matchAll(/(?:^|[\s(;,'"“])(\/[\p{L}\p{N}_~.-]+(?:\/[\p{L}\p{N}_~.-]+)*)/gu)].map((m) => m[1]!.replace(/\.$/, ''));
  const fields = [...text.matchAll(/\b(?!UTF-|SHA-|ISO-)([A-Z][A-Z0-9]{2})-(\d{1,3})\b/g)].map((m) => `${m[1]}-${m[2]}`);
  const lines = [...text.matchAll(/\b(?:line|row)s? (\d{1,7})\b|第\s?(\d{1,7})\s?行/gi)].map((m) => Number(m[1] ?? m[2]));
  return { pointers: new Set(pointers), fields: new Set(fields), lines: new Set(lines) };
}
