import { useTranslation } from 'react-i18next';
import { asNumbers, NUMBER } from '../../api/exact';
import type { Json } from './json';
import './formats.css';

type Marked = {
  /** Pointers of what a cause names: it is marked, and all that stands around it is open. */
  wrong?: ReadonlySet<string>;
  /** Pointers of values that are masked. */
  masked?: ReadonlySet<string>;
};
type Props = Marked & { value: Json };

const NONE: ReadonlySet<string> = new Set();

/** A JSON value with objects and lists that fold; the first two levels stand open. */
export function JsonView({ value, wrong = NONE, masked = NONE }: Props) {
  const { t } = useTranslation();
  const missing = [...wrong].filter((pointer) => !has(value, pointer));
  return (
    <div className="json" tabIndex={0}>
      {missing.map((pointer) => <div key={pointer} className="leaf wrong"><span className="name">{pointer}</span> <span className="small">{t('payload.absent')}</span></div>)}
      <Node name={null} value={value} depth={0} pointer="" wrong={wrong} masked={masked} />
    </div>
  );
}

/** Whether it is a number that is kept as a text for its digits. */
const isLong = (value: Json) => typeof value === 'string' && value.startsWith(NUMBER);

/** Whether something stands at a pointer. */
function has(value: Json, pointer: string): boolean {
  let at: Json | undefined = value;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return false;
    at = (at as Record<string, Json>)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return at !== undefined;
}

type NodeProps = Required<Marked> & { name: string | null; value: Json; depth: number; pointer: string };

function Node({ name, value, depth, pointer, wrong, masked }: NodeProps) {
  const { t } = useTranslation();
  const label = name !== null && <><span className="name">{name}</span><span className="mark-of">: </span></>;
  const bad = wrong.has(pointer);
  const hidden = masked.has(pointer);
  const note = <>
    {hidden && <span className="note">{t('payload.isMasked')}</span>}
    {bad && <span className="note bad">{t('payload.isWrong')}</span>}
  </>;
  const look = [bad && 'wrong', hidden && 'hidden-value'].filter(Boolean).join(' ');
  if (typeof value !== 'object' || value === null) {
    return <div className={`leaf ${look}`}>{label}<span className={value === null ? 'null' : isLong(value) ? 'number' : typeof value}>{asNumbers(JSON.stringify(value))}</span> {note}</div>;
  }
  const list = Array.isArray(value);
  const entries = list ? value.map((v, i) => [String(i), v] as const) : Object.entries(value);
  if (entries.length === 0) return <div className={`leaf ${look}`}>{label}<span className="mark-of">{list ? '[]' : '{}'}</span> {note}</div>;
  const around = [...wrong].some((p) => p.startsWith(`${pointer}/`));
  return (
    <details open={depth < 2 || around} className={look || undefined}>
      <summary>{label}<span className="mark-of">{list ? '[' : '{'}</span> <span className="small">{t('payload.entries', { count: entries.length })}</span> {note}</summary>
      <div className="children">
        {entries.map(([key, v]) => (
          <Node key={key} name={list ? null : key} value={v} depth={depth + 1} wrong={wrong} masked={masked}
            pointer={`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`} />
        ))}
      </div>
      <div className="mark-of">{list ? ']' : '}'}</div>
    </details>
  );
}
