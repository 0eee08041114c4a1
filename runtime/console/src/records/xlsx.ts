import { strToU8, Zip, ZipDeflate } from 'fflate';

export type Cell = string | number | null;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const FILES: Record<string, string> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
    + '<Default Extension="xml" ContentType="application/xml"/>'
    + '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    + '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    + '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><sheets><sheet name="Yuzui" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet1.xml"/>`
    + `<Relationship Id="r2" Type="${OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>`,
  // 1: the first row; 2: a text that begins as a formula does, and stays a text when somebody edits it
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>`
    + '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="49" applyNumberFormat="1" quotePrefix="1"/></cellXfs></styleSheet>',
};
/** As much as a cell of a spreadsheet holds. */
const LONGEST = 32_767;

/** Writes a workbook of one sheet row by row, packed as it goes, so that a million rows never stand in memory as text. */
export class Workbook {
  private readonly chunks: BlobPart[] = [];
  private readonly zip: Zip;
  private readonly sheet: ZipDeflate;
  private rows = 0;
  private error: unknown;

  constructor(private readonly head: readonly string[], widths: readonly number[]) {
    this.zip = new Zip((error, chunk) => {
      if (error) this.error = error;
      else this.chunks.push(chunk as Uint8Array<ArrayBuffer>);
    });
    Object.entries(FILES).forEach(([name, text]) => {
      const file = new ZipDeflate(name); // a stored file with its length behind it is refused by some readers
      this.zip.add(file);
      file.push(strToU8(HEAD + text), true);
    });
    this.sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 6 });
    this.zip.add(this.sheet);
    this.write(`${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>`
      + `<cols>${widths.map((w, i) => `<col min="${i + 1}" max="${i + 1}" width="${w}" customWidth="1"/>`).join('')}</cols><sheetData>${this.row(head, 1)}`);
  }

  add(rows: readonly (readonly Cell[])[]) {
    this.write(rows.map((row) => this.row(row, 0)).join(''));
  }

  end(): Blob {
    const last = String.fromCharCode(64 + this.head.length);
    this.sheet.push(strToU8(`</sheetData><autoFilter ref="A1:${last}${Math.max(1, this.rows)}"/></worksheet>`), true);
    this.zip.end();
    if (this.error !== undefined) throw this.error;
    return new Blob(this.chunks, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
  }

  private write(text: string) {
    this.sheet.push(strToU8(text));
  }

  private row(cells: readonly Cell[], style: 0 | 1): string {
    this.rows++;
    return `<row>${cells.map((c) => cellOf(c, style)).join('')}</row>`;
  }
}

/** A text is always written as a text: nothing that comes from outside is ever a formula. */
export function cellOf(value: Cell, style: 0 | 1): string {
  if (value === null || value === '') return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  const look = style === 1 ? ' s="1"' : /^\s*[=+\-@\t]/.test(value) ? ' s="2"' : '';
  return `<c${look} t="inlineStr"><is><t xml:space="preserve">${escaped(value.slice(0, LONGEST))}</t></is></c>`;
}

function escaped(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
