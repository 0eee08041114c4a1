import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../Choice';
import { Scroll } from '../Scroll';
import { readCsv } from './csv';
import { formatOf, textOf, type Format } from './detect';
import { hexDump } from './hex';
import { readHl7 } from './hl7';
import { readJson } from './json';
import { JsonView } from './JsonView';
import { layOut } from './xml';

const FORMATS: Format[] = ['json', 'hl7', 'xml', 'csv', 'text', 'hex'];

/** A message's bytes, shown as what they are; the reader may look at them otherwise. */
export function PayloadView({ bytes }: { bytes: Uint8Array }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Format | null>(null);
  const format = chosen ?? formatOf(bytes);
  return (
    <>
      <Choice label={t('payload.format')} value={format} onChange={setChosen}
        options={FORMATS.map((value) => ({ value, label: t(`format.${value}`) }))} />
      <Shown bytes={bytes} format={format} />
    </>
  );
}

function Shown({ bytes, format }: { bytes: Uint8Array; format: Format }) {
  const { t } = useTranslation();
  const text = textOf(bytes) ?? new TextDecoder().decode(bytes);
  switch (format) {
    case 'json': {
      const json = readJson(text);
      return json === undefined ? <pre className="raw" tabIndex={0}>{text}</pre> : <JsonView value={json} />;
    }
    case 'hl7': return (
      <div className="hl7" tabIndex={0}>
        {readHl7(text)?.map((segment, i) => (
          <div key={i}>
            <b>{segment.name}</b>
            <ol>
              {segment.fields.map((f) => (
                <li key={f.number}><span className="small">{segment.name}-{f.number}</span> <code>{f.value}</code></li>
              ))}
            </ol>
          </div>
        )) ?? <pre className="raw">{text}</pre>}
      </div>
    );
    case 'xml': return (
      <pre className="raw xml" tabIndex={0}>
        {layOut(text).map((line, i) => (
          <div key={i}>{'  '.repeat(line.depth)}{line.pieces.map((p, j) => <span key={j} className={p.kind}>{p.text}</span>)}</div>
        ))}
      </pre>
    );
    case 'csv': {
      const [head = [], ...rows] = readCsv(text);
      return (
        <Scroll label={t('format.csv')}>
          <table>
            <thead><tr>{head.map((c, i) => <th key={i} scope="col">{c}</th>)}</tr></thead>
            <tbody>{rows.map((row, i) => <tr key={i}>{row.map((c, j) => <td key={j}>{c}</td>)}</tr>)}</tbody>
          </table>
        </Scroll>
      );
    }
    case 'text': return <pre className="raw" tabIndex={0}>{text}</pre>;
    case 'hex': return (
      <pre className="raw" tabIndex={0}>
        {hexDump(bytes.subarray(0, 16 * 1024)).map((l) => `${l.offset}  ${l.digits.join(' ').padEnd(47)}  ${l.text}`).join('\n')}
      </pre>
    );
  }
}
