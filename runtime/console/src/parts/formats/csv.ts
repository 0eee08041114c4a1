const DELIMITERS = [',', ';', '\t', '|'];

/** A row of a table, and the line of the text on which it begins, from 1: a quoted cell may hold line ends. */
export type CsvRow = { line: number; cells: string[] };

/** Rows of a CSV text (RFC 4180, quotes and line ends inside quotes included), with the delimiter that its first line has most of. */
export function readCsv(text: string, most = 100_000): CsvRow[] {
  const clean = text.replace(/^\ufeff/, '');
  const head = clean.split(/\r?\n/, 1)[0] ?? '';
  const delimiter = DELIMITERS.reduce((best, d) => (head.split(d).length > head.split(best).length ? d : best));
  const rows: CsvRow[] = [];
  let row: string[] = [];
  let line = 1;
  let begun = 1;
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.length > 1 || cell !== '') rows.push({ line: begun, cells: row });
    begun = line;
    row = [];
    cell = '';
  };
  for (let i = 0; i < clean.length && rows.length < most; i++) {
    const c = clean[i]!;
    if (c === '\n' || (c === '\r' && clean[i + 1] !== '\n')) line++;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (clean[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === delimiter) {
      row.push(cell);
      cell = '';
    } else if (c === '\n' || c === '\r') {
      if (c === '\r' && clean[i + 1] === '\n') {
        i++;
        line++;
      }
      endRow();
    } else cell += c;
  }
  if (rows.length < most) endRow();
  return rows;
}
