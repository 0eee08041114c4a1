import { useQueries, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { ask } from '../api/queries';
import { useClock } from '../parts/clock';
import { useCauseText } from '../trouble/causes';
import { useTrouble } from '../trouble/useTrouble';
import { useFilterText } from './FilterBar';
import { hasTime, named, queryOf, without, type FilterName, type Filters } from './filters';
import { saysSo } from './omnibox';

/** So many causes are offered. */
const MEANT = 3;

/** Why nothing was found: which filter stands in the way is tried out, one by one. */
export function Nothing({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useTranslation();
  const say = useFilterText(filters.cause);
  const sayCause = useCauseText();
  const groups = useTrouble().causes.data?.groups ?? [];
  const { now, zone } = useClock();
  const lag = useQuery(ask.hub()).data?.ledgerLag ?? 0;
  const set: FilterName[] = [...named(filters), ...(hasTime(filters) ? ['time' as const] : [])];
  const tries = useQueries({
    queries: set.map((name) => ({
      queryKey: ['attention', 'without', without(filters, name)],
      queryFn: () => api.records({ ...queryOf(without(filters, name), now(), zone), limit: 1 }),
    })),
  });

  // the ledger keeps causes in English; what is read in another language is found by the group that says so
  const { q } = filters;
  const meant = q === undefined ? [] : groups.flatMap((g) => {
    const cause = sayCause(g.latest);
    return g.id && cause && saysSo(cause, q) ? [{ id: g.id, cause }] : [];
  }).slice(0, MEANT);

  return (
    <div className="empty nothing" role="status">
      <p>{set.length === 0 ? t('records.empty') : set.length === 1 ? t('nothing.one') : t('nothing.all', { count: set.length })}</p>
      {set.length === 0 && <p className="small">{t('records.emptyHint')}</p>}
      {lag > 0 && <p className="small">{t('nothing.lag', { count: lag })}</p>}
      {set.length > 0 && (
        <ul>
          {meant.map(({ id, cause }) => (
            <li key={id}><Button size="small" type="primary" onClick={() => onChange({ ...without(filters, 'q'), cause: id })}>{t('nothing.cause', { cause })}</Button></li>
          ))}
          {set.map((name, i) => {
            const found = tries[i]?.data;
            return (
              <li key={name}>
                <Button size="small" type={found && found.records.length > 0 ? 'primary' : 'default'}
                  onClick={() => onChange(without(filters, name))}>{t('nothing.without', { filter: say(filters, name) })}</Button>
                {found && <span className="small">{found.records.length > 0 ? t('nothing.some') : t('nothing.none')}</span>}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
