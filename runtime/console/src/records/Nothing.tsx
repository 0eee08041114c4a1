import { useQueries, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { ask } from '../api/queries';
import { useClock } from '../parts/clock';
import { useFilterText } from './FilterBar';
import { hasTime, named, queryOf, without, type FilterName, type Filters } from './filters';

/** Why nothing was found: which filter stands in the way is tried out, one by one. */
export function Nothing({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useTranslation();
  const say = useFilterText();
  const { now, zone } = useClock();
  const lag = useQuery(ask.hub()).data?.ledgerLag ?? 0;
  const set: FilterName[] = [...named(filters), ...(hasTime(filters) ? ['time' as const] : [])];
  const tries = useQueries({
    queries: set.map((name) => ({
      queryKey: ['attention', 'without', without(filters, name)],
      queryFn: () => api.records({ ...queryOf(without(filters, name), now(), zone), limit: 1 }),
    })),
  });

  return (
    <div className="empty nothing" role="status">
      <p>{set.length === 0 ? t('records.empty') : set.length === 1 ? t('nothing.one') : t('nothing.all', { count: set.length })}</p>
      {set.length === 0 && <p className="small">{t('records.emptyHint')}</p>}
      {lag > 0 && <p className="small">{t('nothing.lag', { count: lag })}</p>}
      {set.length > 0 && (
        <ul>
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
