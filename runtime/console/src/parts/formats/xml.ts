/** A line of an XML text as it is shown: how deep it stands, and its pieces by kind. */
export type XmlLine = { depth: number; pieces: { kind: 'tag' | 'name' | 'value' | 'text' | 'comment'; text: string }[] };

const TOKEN = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<![^>]*>|<\/?[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>|[^<]+|</g;
const ATTRIBUTE = /([^\s=/>]+)(\s*=\s*)("[^"]*"|'[^']*')/g;

/**
 * Sets an XML text out by its nesting. It is read as text only: no entity is resolved, nothing is fetched, and what is not
 * well-formed is shown all the same.
 */
export function layOut(text: string, most = 5_000): XmlLine[] {
  const lines: XmlLine[] = [];
  let depth = 0;
  let open: XmlLine | null = null; // a start tag that may be followed by text and its own end on one line
  for (const [token] of text.matchAll(TOKEN)) {
    if (lines.length >= most) break;
    if (token.startsWith('<!') || token.startsWith('<?')) {
      open = null;
      const cdata = token.startsWith('<![CDATA[');
      lines.push({ depth, pieces: [{ kind: cdata ? 'text' : 'comment', text: token }] });
    } else if (token.startsWith('</')) {
      depth = Math.max(0, depth - 1);
      if (open) open.pieces.push({ kind: 'tag', text: token });
      else lines.push({ depth, pieces: [{ kind: 'tag', text: token }] });
      open = null;
    } else if (token.startsWith('<') && token.length > 1) {
      const line: XmlLine = { depth, pieces: tag(token) };
      lines.push(line);
      const empty = token.endsWith('/>');
      open = empty ? null : line;
      if (!empty) depth++;
    } else if (token.trim() !== '') {
      if (open && !token.includes('\n')) open.pieces.push({ kind: 'text', text: token });
      else {
        open = null;
        lines.push({ depth, pieces: [{ kind: 'text', text: token.trim() }] });
      }
    }
  }
  return lines;
}

function tag(token: string): XmlLine['pieces'] {
  const pieces: XmlLine['pieces'] = [];
  let at = 0;
  for (const m of token.matchAll(ATTRIBUTE)) {
    pieces.push({ kind: 'tag', text: token.slice(at, m.index) }, { kind: 'name', text: m[1]! + m[2]! }, { kind: 'value', text: m[3]! });
    at = m.index + m[0].length;
  }
  pieces.push({ kind: 'tag', text: token.slice(at) });
  return pieces;
}
