/** Sixteen bytes of a dump: where they begin, their digits, and what of them is printable. */
export type HexLine = { offset: string; digits: string[]; text: string };

export function hexDump(bytes: Uint8Array): HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = [...bytes.subarray(at, at + 16)];
    lines.push({
      offset: at.toString(16).padStart(6, '0'),
      digits: part.map((b) => b.toString(16).padStart(2, '0')),
      text: part.map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '·')).join(''),
    });
  }
  return lines;
}
