import { useTranslation } from 'react-i18next';
import { useNames } from '../api/queries';
import { Choice } from '../parts/Choice';
import { useClock } from '../parts/clock';
import { dayOf, hasTime, named, SPANS, without, type FilterName, type Filters, type Span } from './filters';

type Props = { filters: Filters; onChange: (filters: Filters) => void };

/** What narrows the list, each to be taken away; the range of time stands here always. */
export function FilterBar({ filters, onChange }: Props) {
  const { t } = useTranslation();
  const say = useFilterText();
  const { zone, now } = useClock();
  const ranged = filters.from !== undefined || filters.to !== undefined;
  const choice: Span | 'all' | 'range' = filters.time ?? (ranged ? 'range' : 'all');

  const choose = (to: Span | 'all' | 'range') => {
    const rest = without(filters, 'time');
    const today = dayOf(now(), zone);
    onChange(to === 'all' ? rest : to === 'range' ? { ...rest, from: today, to: today } : { ...rest, time: to });
  };

  return (
    <div className="filters" role="group" aria-label={t('filter.label')}>
      <span className="chip time">
        <Choice label={t('filter.time')} value={choice} onChange={choose}
          options={(['all', ...SPANS, 'range'] as const).map((value) => ({ value, label: t(`span.${value}`) }))} />
        {choice === 'range' && (['from', 'to'] as const).map((end) => (
          <label key={end}>
            <span className="unseen">{t(`filter.${end}`)}</span>
            <input type="date" value={(filters[end] ?? '').slice(0, 10)}
              onChange={(e) => onChange(e.target.value ? { ...filters, [end]: e.target.value } : without(filters, end))} />
          </label>
        ))}
      </span>
      {named(filters).map((name) => (
        <span key={name} className="chip">
          <span>{say(filters, name)}</span>
          <button type="button" aria-label={t('filter.remove', { filter: say(filters, name) })}
            onClick={() => onChange(without(filters, name))}>
            <svg viewBox="0 0 16 16" width="12" height="12" className="line" aria-hidden="true"><path d="M4 4l8 8M12 4l-8 8" /></svg>
          </button>
        </span>
      ))}
      {(named(filters).length > 1 || (named(filters).length > 0 && hasTime(filters))) && (
        <button type="button" className="plain" onClick={() => onChange({})}>{t('filter.clear')}</button>
      )}
    </div>
  );
}

/** A filter in words: "Unit Chengdu". */
export function useFilterText() {
  const { t } = useTranslation();
  const names = useNames();
  return (filters: Filters, name: FilterName): string => {
    const value = filters[name] ?? '';
    switch (name) {
      case 'q': return t('filter.qIs', { value });
      case 'key': return t('filter.keyIs', { value });
      case 'unit': return t('filter.unitIs', { value: names.unit(value) });
      case 'contract': return t('filter.contractIs', { value: names.contract(value) });
      case 'status': return t('filter.statusIs', { value: t(`flowStatus.${filters.status!}`) });
      default: return filters.time ? t(`span.${filters.time}`) : [filters.from ?? '', filters.to ?? ''].join(' – ');
    }
  };
}
