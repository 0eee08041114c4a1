import names from './hl7-names.json';

type Named = { zh: string; en: string };
const SEGMENTS: Record<string, Named & { fields: Record<string, Named> }> = names;

/** What a segment is called; undefined for one of a site's own. */
export function segmentName(segment: string): Named | undefined {
  return SEGMENTS[segment];
}

export function fieldName(segment: string, field: number): Named | undefined {
  return SEGMENTS[segment]?.fields[field];
}
