/** A line of an XML text as it is shown: how deep it stands, from which line of the text to which it is, from 1, and its pieces by kind. */
export type XmlLine = { depth: number; line: number; to: number; pieces: { kind: 'tag' | 'name' | 'value' | 'text' | 'comment'; text: string }[] };

const TOKEN = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<![^>]*>|<\/?[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>|[^<]+|</g;
const ATTRIBUTE = /([^\s=/>]+)(\s*=\s*)("[^"]*"|'[^']*')/g;

/**
 * Sets an XML text out by its nesting. It is read as text only: no entity is resolved, nothing is fetched, and what is not
 * well-formed is shown all the same.
 */
export function layOut(text: string, most = 200_000): XmlLine[] {
  const lines: XmlLine[] = [];
  let depth = 0;
  let open: XmlLine | null = null; // a start tag that may be followed by text and its own end on one line
  let next = 1;
  for (const [token] of text.matchAll(TOKEN)) {
    if (lines.length >= most) break;
    const blank = /^\s*/.exec(token)![0];
    const line = next + ends(blank);
    const to = line + ends(token.slice(blank.length).trimEnd());
    next += ends(token);
    if (token.startsWith('<!') || token.startsWith('<?')) {
      open = null;
      const cdata = token.startsWith('<![CDATA[');
      lines.push({ depth, line, to, pieces: [{ kind: cdata ? 'text' : 'comment', text: token }] });
    } else if (token.startsWith('</')) {
      depth = Math.max(0, depth - 1);
      if (open) {
        open.pieces.push({ kind: 'tag', text: token });
        open.to = to;
      } else lines.push({ depth, line, to, pieces: [{ kind: 'tag', text: token }] });
      open = null;
    } else if (token.startsWith('<') && token.length > 1) {
      const begun: XmlLine = { depth, line, to, pieces: tag(token) };
      lines.push(begun);
      const empty = token.endsWith('/>');
      open = empty ? null : begun;
      if (!empty) depth++;
    } else if (token.trim() !== '') {
      if (open && !token.includes('\n')) open.pieces.push({ kind: 'text', text: token });
      else {
        open = null;
        lines.push({ depth, line, to, pieces: [{ kind: 'text', text: token.trim() }] });
      }
    }
  }
  return lines;
}

function ends(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
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
