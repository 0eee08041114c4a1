import { useTranslation } from 'react-i18next';
import type { Json } from './json';

/** A JSON value with objects and lists that fold; the first two levels stand open. */
export function JsonView({ value }: { value: Json }) {
  return <div className="json" tabIndex={0}><Node name={null} value={value} depth={0} /></div>;
}

function Node({ name, value, depth }: { name: string | null; value: Json; depth: number }) {
  const { t } = useTranslation();
  const label = name !== null && <><span className="name">{name}</span><span className="mark-of">: </span></>;
  if (typeof value !== 'object' || value === null) {
    return <div className="leaf">{label}<span className={value === null ? 'null' : typeof value}>{JSON.stringify(value)}</span></div>;
  }
  const list = Array.isArray(value);
  const entries = list ? value.map((v, i) => [String(i), v] as const) : Object.entries(value);
  if (entries.length === 0) return <div className="leaf">{label}<span className="mark-of">{list ? '[]' : '{}'}</span></div>;
  return (
    <details open={depth < 2}>
      <summary>{label}<span className="mark-of">{list ? '[' : '{'}</span> <span className="small">{t('payload.entries', { count: entries.length })}</span></summary>
      <div className="children">{entries.map(([key, v]) => <Node key={key} name={list ? null : key} value={v} depth={depth + 1} />)}</div>
      <div className="mark-of">{list ? ']' : '}'}</div>
    </details>
  );
}
