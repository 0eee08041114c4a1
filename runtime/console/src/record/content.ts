import { asNumbers } from '../api/exact';
import type { Payload, PayloadContent } from '../api/client';
import type { Format } from '../parts/formats/detect';
import { textOf } from '../parts/formats/detect';
import { readExactly } from '../parts/formats/json';

/** The bytes of what the hub answered; null while it is hidden. */
export function bytesOf({ content, encoding }: Pick<PayloadContent, 'content' | 'encoding'>): Uint8Array | null {
  if (content === null) return null;
  return encoding === 'text' ? new TextEncoder().encode(content) : Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
}

/** So that they can be sent in JSON. */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  const piece = 0x8000; // more arguments than a call takes
  for (let i = 0; i < bytes.length; i += piece) binary += String.fromCharCode(...bytes.subarray(i, i + piece));
  return btoa(binary);
}

/** How a format of the hub is shown. */
export function shownAs(format: NonNullable<Payload['format']>): Format {
  return format === 'bytes' ? 'hex' : format;
}

/** What ends the lines of a text; an editor knows only its own. */
export function lineEndOf(text: string): '\r\n' | '\r' | '\n' {
  const first = /\r\n|\r|\n/.exec(text)?.[0];
  return (first as '\r\n' | '\r' | '\n' | undefined) ?? '\n';
}

export function withLineEnd(text: string, end: string): string {
  return text.replace(/\r\n|\r|\n/g, end);
}

/** A text as it is compared: JSON set out with its keys in order, everything else as it stands. */
export function comparable(bytes: Uint8Array): string {
  const text = textOf(bytes) ?? new TextDecoder().decode(bytes);
  const json = readExactly(text);
  return json === undefined || typeof json !== 'object' ? withLineEnd(text, '\n') : asNumbers(JSON.stringify(json, inOrder, 2));
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Charsets in which a message may be read again when it is not in the one that it declares. */
export const CHARSETS = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'iso-8859-1'] as const;
export type Charset = (typeof CHARSETS)[number];

/** The first of them that fits every byte; Latin 1 fits all, so it is never guessed. */
export function charsetOf(bytes: Uint8Array): Charset {
  return (['utf-8', 'gb18030'] as const).find((charset) => {
    try {
      new TextDecoder(charset, { fatal: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  }) ?? 'utf-8';
}

/** A mended message goes in as UTF-8: what says otherwise in it is changed to say so. Null when nothing has to be. */
export function declaredUtf8(text: string): string | null {
  const xml = /^(\ufeff?<\?xml[^>]*encoding=)(["'])([^"']+)\2/i.exec(text);
  if (xml && xml[3]!.toLowerCase() !== 'utf-8') return text.replace(xml[0], `${xml[1]}${xml[2]}UTF-8${xml[2]}`);
  if (text.startsWith('MSH') && text.length > 8) {
    const end = text.search(/[\r\n]/);
    const head = end < 0 ? text : text.slice(0, end);
    const fields = head.split(text[3]!);
    if (fields[17] && fields[17] !== 'UNICODE UTF-8') {
      fields[17] = 'UNICODE UTF-8';
      return fields.join(text[3]!) + (end < 0 ? '' : text.slice(end));
    }
  }
  return null;
}
