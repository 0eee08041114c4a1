import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Scroll } from '../Scroll';
import { readCsv } from './csv';
import { textOf, type Format } from './detect';
import { hexDump } from './hex';
import { readHl7, type Segment } from './hl7';
import { fieldName, segmentName } from './hl7names';
import { readFrame } from './jtt';
import { readJson } from './json';
import { JsonView } from './JsonView';
import { NOWHERE, type Places } from './places';
import { layOut } from './xml';
import './formats.css';

type Props = { bytes: Uint8Array; format: Format; places?: Places; masked?: ReadonlySet<string> };

const HEX_BYTES = 16 * 1024;

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
  const { t } = useTranslation();
  const text = useMemo(() => textOf(bytes) ?? new TextDecoder().decode(bytes), [bytes]);
  switch (format) {
    case 'json': {
      const json = readJson(text);
      return json === undefined ? <Lines text={text} places={places} /> : <JsonView value={json} wrong={places.pointers} {...(masked ? { masked } : {})} />;
    }
    case 'hl7': {
      const segments = readHl7(text);
      return segments ? <Hl7 segments={segments} places={places} /> : <Lines text={text} places={places} />;
    }
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
          <table className="sheet">
            <thead><tr><th scope="col"><span className="unseen">{t('payload.line')}</span></th>{head.map((c, i) => <th key={i} scope="col">{c}</th>)}</tr></thead>
            <tbody>
              {rows.map((row, i) => (
                <tr key={i} className={places.lines.has(i + 2) ? 'wrong' : undefined}>
                  <th scope="row">{i + 2}</th>{row.map((c, j) => <td key={j}>{c}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      );
    }
    case 'text': return <Lines text={text} places={places} />;
    case 'hex': return <Hex bytes={bytes} />;
  }
}

/** A text with the numbers of its lines. */
function Lines({ text, places }: { text: string; places: Places }) {
  return (
    <pre className="raw lines-of" tabIndex={0}>
      {text.split(/\r\n|\r|\n/).slice(0, 5_000).map((line, i) => (
        <div key={i} className={places.lines.has(i + 1) ? 'wrong' : undefined}><span className="no" aria-hidden="true">{i + 1}</span>{line}</div>
      ))}
    </pre>
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
