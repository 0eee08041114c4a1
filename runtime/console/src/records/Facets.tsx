import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facets as Counts, FlowStatus } from '../api/client';
import { ask, useNames } from '../api/queries';
import { toneOfFlow } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { SITE } from '../plugins/site';
import { useCodeName } from '../trouble/causes';
import type { Filters } from './filters';
import { useRange } from './useRange';

type By = Counts['groups'][number]['by'];
type Props = { filters: Filters; onChange: (filters: Filters) => void };

const ORDER: By[] = ['status', 'causeCode', 'contract', 'plugin', 'unit'];
const SHOWN = 6;

/** How what was found is spread; a click narrows the search to it, and another takes that back. */
export function Facets({ filters, onChange }: Props) {
  const { t } = useTranslation();
  const { number } = useSpans();
  // what the statuses are narrowed from stays in sight, so that one can be exchanged for another
  const { status, ...rest } = filters;
  const own = useQuery(ask.facets(useRange(filters)));
  const wider = useQuery({ ...ask.facets(useRange(rest)), enabled: status !== undefined });
  const counts = (by: By) => (by === 'status' && status !== undefined ? wider.data : own.data)?.groups.find((g) => g.by === by)?.counts ?? [];

  return (
    <div className="facets" role="group" aria-label={t('facets.heading')}>
      {own.isError && <Wrong error={own.error} onRetry={() => void own.refetch()} />}
      {own.data && (
        <p className="small total" role="status">
          {own.data.all ? t('facets.total', { count: own.data.counted, number: number(own.data.counted) })
            : t('facets.newest', { number: number(own.data.counted) })}
        </p>
      )}
      {ORDER.map((by) => counts(by).length > 0 && (
        <Facet key={by} by={by} counts={counts(by)} filters={filters} onChange={onChange} />
      ))}
    </div>
  );
}

function Facet({ by, counts, filters, onChange }: Props & { by: By; counts: { value: string; flows: number }[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const code = useCodeName();
  const { number } = useSpans();
  const [all, setAll] = useState(false);
  const most = Math.max(...counts.map((c) => c.flows));
  const held = by === 'status' ? filters.status ?? [] : filters[by] === undefined ? [] : [filters[by]];
  const say = (value: string) => {
    switch (by) {
      case 'status': return t(`flowStatus.${value as FlowStatus}`);
      case 'contract': return names.contract(value);
      case 'plugin': return value === SITE ? t('record.site') : names.plugin(value);
      case 'unit': return names.unit(value);
      case 'causeCode': return code(value);
    }
  };
  const choose = (value: string) => {
    const next = { ...filters };
    if (by === 'status') {
      const status = held.includes(value as FlowStatus) ? held.filter((s) => s !== value) : [...held, value];
      if (status.length > 0) next.status = status as FlowStatus[];
      else delete next.status;
    } else if (held.includes(value)) delete next[by];
    else next[by] = value;
    onChange(next);
  };

  return (
    <section aria-label={t(`facets.${by}`)}>
      <h3>{t(`facets.${by}`)}</h3>
      <ul>
        {(all ? counts : counts.slice(0, SHOWN)).map(({ value, flows }) => (
          <li key={value}>
            <button type="button" aria-pressed={held.includes(value)} onClick={() => choose(value)}>
              <span className="name" title={say(value) === value ? value : `${say(value)} · ${value}`}>{say(value)}</span>
              <span className="number">{number(flows)}</span>
              <span className={`share ${by === 'status' ? toneOfFlow(value as FlowStatus) : ''}`} aria-hidden="true"
                style={{ width: `${Math.max(2, (flows / most) * 100)}%` }} />
            </button>
          </li>
        ))}
      </ul>
      {counts.length > SHOWN && (
        <button type="button" className="plain" onClick={() => setAll(!all)}>{all ? t('facets.fewer') : t('facets.more', { count: counts.length - SHOWN })}</button>
      )}
    </section>
  );
}
