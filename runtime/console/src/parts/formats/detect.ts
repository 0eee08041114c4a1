import { readHl7 } from './hl7';
import { readJson } from './json';

export type Format = 'json' | 'hl7' | 'xml' | 'csv' | 'text' | 'hex';

/** What bytes look like; binary ones are hex. */
export function formatOf(bytes: Uint8Array): Format {
  const text = textOf(bytes);
  if (text === null) return 'hex';
  const clean = text.trim();
  if (readHl7(text)) return 'hl7';
  if (/^[[{]/.test(clean) && readJson(clean) !== undefined) return 'json';
  if (/^(\ufeff)?<[?!a-zA-Z]/.test(clean)) return 'xml';
  const [first = '', second = ''] = clean.split(/\r?\n/);
  return [',', ';', '\t', '|'].some((d) => first.includes(d) && first.split(d).length === second.split(d).length) ? 'csv' : 'text';
}

/** Bytes as text: UTF-8, else GB 18030, by which older systems write; null for what is neither, such as a frame of a protocol. */
export function textOf(bytes: Uint8Array): string | null {
  for (const charset of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
      if (!/[\u0000-\u0008\u000e-\u001a\u007f]/.test(text)) return text;
    } catch {
      continue; // not written in this one
    }
  }
  return null;
}
