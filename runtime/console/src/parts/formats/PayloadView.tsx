import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Scroll } from '../Scroll';
import { useSpans } from '../spans';
import { readCsv } from './csv';
import { textOf, type Format } from './detect';
import { hexDump } from './hex';
import { readHl7, type Segment } from './hl7';
import { fieldName, segmentName } from './hl7names';
import { readFrame } from './jtt';
import { readExactly } from './json';
import { JsonView } from './JsonView';
import { NOWHERE, type Places } from './places';
import { stretchOf, type Stretch } from './stretch';
import { layOut } from './xml';
import './formats.css';

type Props = { bytes: Uint8Array; format: Format; places?: Places; masked?: ReadonlySet<string> };

const HEX_BYTES = 16 * 1024;
/** As much as is shown at once: lines of a text, rows of a table. */
const LINES = 5_000;
const ROWS = 1_000;

/** A message's bytes, shown as what they are, with the places marked that its cause names; the first of them is in sight. */
export function PayloadView(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { bytes, format } = props;
  useEffect(() => {
    const wrong = box.current?.querySelector<HTMLElement>('.wrong');
    const around = wrong?.closest<HTMLElement>('[tabindex]');
    if (wrong && around) around.scrollTop += wrong.getBoundingClientRect().top - around.getBoundingClientRect().top - around.clientHeight / 3;
  }, [bytes, format]);
  return <div ref={box}><Shown {...props} /></div>;
}

function Shown({ bytes, format, places = NOWHERE, masked }: Props) {
  const text = useMemo(() => textOf(bytes) ?? new TextDecoder().decode(bytes), [bytes]);
  switch (format) {
    case 'json': {
      const json = readExactly(text);
      return json === undefined ? <Lines text={text} places={places} /> : <JsonView value={json} wrong={places.pointers} {...(masked ? { masked } : {})} />;
    }
    case 'hl7': {
      const segments = readHl7(text);
      return segments ? <Hl7 segments={segments} places={places} /> : <Lines text={text} places={places} />;
    }
    case 'xml': return <Xml text={text} places={places} />;
    case 'csv': return <Csv text={text} places={places} />;
    case 'text': return <Lines text={text} places={places} />;
    case 'hex': return <Hex bytes={bytes} />;
  }
}

type TextProps = { text: string; places: Places };

/** A text with the numbers of its lines. */
function Lines({ text, places }: TextProps) {
  const part = useMemo(() => stretchOf(text.split(/\r\n|\r|\n/), (_, i) => places.lines.has(i + 1), LINES), [text, places]);
  return (
    <>
      <pre className="raw lines-of" tabIndex={0}>
        {part.shown.map((line, i) => (
          <Numbered key={i} no={part.from + i + 1} wrong={places.lines.has(part.from + i + 1)}>{line}</Numbered>
        ))}
      </pre>
      <Cut part={part} />
    </>
  );
}

/** Set out by its nesting; the numbers are those of the lines as they came, which causes name. */
function Xml({ text, places }: TextProps) {
  const part = useMemo(() => stretchOf(layOut(text), ({ line, to }) => isIn(places, line, to), LINES), [text, places]);
  return (
    <>
      <pre className="raw xml lines-of" tabIndex={0}>
        {part.shown.map((line, i) => (
          <Numbered key={i} no={line.line} wrong={isIn(places, line.line, line.to)}>
            {'  '.repeat(line.depth)}{line.pieces.map((p, j) => <span key={j} className={p.kind}>{p.text}</span>)}
          </Numbered>
        ))}
      </pre>
      <Cut part={part} />
    </>
  );
}

function isIn(places: Places, line: number, to: number): boolean {
  return [...places.lines].some((named) => line <= named && named <= to);
}

function Numbered({ no, wrong, children }: { no: number; wrong: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={wrong ? 'wrong' : undefined}>
      <span className="no" aria-hidden="true">{no}</span>
      <span>{children}{wrong && <span className="note bad">{t('payload.isWrong')}</span>}</span>
    </div>
  );
}

function Csv({ text, places }: TextProps) {
  const { t } = useTranslation();
  const [head, part] = useMemo(() => {
    const [first, ...rows] = readCsv(text);
    return [first?.cells ?? [], stretchOf(rows, (row) => places.lines.has(row.line), ROWS)] as const;
  }, [text, places]);
  return (
    <>
      <Scroll label={t('format.csv')}>
        <table className="sheet">
          <thead><tr><th scope="col"><span className="unseen">{t('payload.line')}</span></th>{head.map((c, i) => <th key={i} scope="col">{c}</th>)}</tr></thead>
          <tbody>
            {part.shown.map((row) => (
              <tr key={row.line} className={places.lines.has(row.line) ? 'wrong' : undefined}>
                <th scope="row">{row.line}{places.lines.has(row.line) && <span className="note bad">{t('payload.isWrong')}</span>}</th>
                {row.cells.map((c, j) => <td key={j}>{c}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Cut part={part} />
    </>
  );
}

/** What is left out is said. */
function Cut({ part }: { part: Stretch<unknown> }) {
  const { t } = useTranslation();
  const { number } = useSpans();
  return part.shown.length < part.all && (
    <p className="small">{t('payload.cutLines', { from: number(part.from + 1), to: number(part.from + part.shown.length), all: number(part.all) })}</p>
  );
}

function Hl7({ segments, places }: { segments: Segment[]; places: Places }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  return (
    <div className="hl7" tabIndex={0}>
      {segments.map((segment, i) => (
        <section key={i}>
          <h4><b>{segment.name}</b> {segmentName(segment.name)?.[language]}</h4>
          <table>
            <tbody>
              {segment.fields.map((f) => {
                const place = `${segment.name}-${f.number}`;
                const wrong = places.fields.has(place);
                return (
                  <tr key={f.number} className={wrong ? 'wrong' : undefined}>
                    <th scope="row"><span><code>{place}</code> {fieldName(segment.name, f.number)?.[language]}</span></th>
                    <td>
                      {f.components.length > 1 ? f.components.map((c, j) => c !== '' && (
                        <span key={j} className="component"><sub>{j + 1}</sub>{c}</span>
                      )) : <span className="component">{f.value}</span>}
                      {wrong && <span className="note bad">{t('payload.isWrong')}</span>}
                    </td>
                  </tr>
                );
              })}
              {[...places.fields].filter((p) => p.startsWith(`${segment.name}-`) && !segment.fields.some((f) => p === `${segment.name}-${f.number}`)).map((p) => (
                <tr key={p} className="wrong">
                  <th scope="row"><span><code>{p}</code> {fieldName(segment.name, Number(p.slice(4)))?.[language]}</span></th>
                  <td><span className="small">{t('payload.absent')}</span> <span className="note bad">{t('payload.isWrong')}</span></td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}

/** Bytes as they are; of a frame of JT/T 808 or 809 also what its header says. */
function Hex({ bytes }: { bytes: Uint8Array }) {
  const { t } = useTranslation();
  const frame = useMemo(() => readFrame(bytes), [bytes]);
  return (
    <>
      {frame && frame.pieces.length > 0 && (
        <>
          <h4 className="small">{t('frame.heading', { protocol: frame.protocol })}</h4>
          <dl className="frame">
            {frame.pieces.map((p, i) => (
              <div key={i} className={p.name === 'checksum' && p.value.includes('≠') ? 'wrong' : undefined}>
                <dt>{t(`frame.${p.name}`)}</dt>
                <dd><code>{p.value}</code></dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <pre className="raw" tabIndex={0}>
        {hexDump(bytes.subarray(0, HEX_BYTES)).map((l) => `${l.offset}  ${l.digits.join(' ').padEnd(47)}  ${l.text}`).join('\n')}
      </pre>
      {bytes.length > HEX_BYTES && <p className="small">{t('payload.cutHex')}</p>}
    </>
  );
}
