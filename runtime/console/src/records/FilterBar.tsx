import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, useNames } from '../api/queries';
import { Choice } from '../parts/Choice';
import { useClock } from '../parts/clock';
import { SITE } from '../plugins/site';
import { dayOf, hasTime, named, SPANS, without, type FilterName, type Filters, type Span } from './filters';
import { useCauseText, useCodeName } from '../trouble/causes';
import './records.css';

type Props = { filters: Filters; onChange: (filters: Filters) => void };

/** What narrows the list, each to be taken away; the range of time stands here always. */
export function FilterBar({ filters, onChange }: Props) {
  const { t } = useTranslation();
  const say = useFilterText(filters.cause);
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
      {named(filters).flatMap((name) => (name === 'field' ? filters.field! : [undefined]).map((one) => ({ name, one }))).map(({ name, one }) => (
        <span key={one ?? name} className="chip">
          <span>{say(filters, name, one)}</span>
          <button type="button" aria-label={t('filter.remove', { filter: say(filters, name, one) })}
            onClick={() => onChange(without(filters, name, one))}>
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

/** A filter in words: "Unit Chengdu". A group of causes has no words of its own: it is called by what its newest one says. */
export function useFilterText(cause?: string) {
  const { t } = useTranslation();
  const names = useNames();
  const say = useCauseText();
  const code = useCodeName();
  const newest = useQuery({ ...ask.newestOf(cause ?? ''), enabled: cause !== undefined }).data;
  return (filters: Filters, name: FilterName, one?: string): string => {
    const value = one ?? String(filters[name] ?? '');
    switch (name) {
      case 'q': return t('filter.qIs', { value });
      case 'key': return t('filter.keyIs', { value });
      case 'unit': return t('filter.unitIs', { value: names.unit(value) });
      case 'contract': return t('filter.contractIs', { value: names.contract(value) });
      case 'status': return t('filter.statusIs', { value: (filters.status ?? []).map((s) => t(`flowStatus.${s}`)).join(' / ') });
      case 'plugin': return t('filter.pluginIs', { value: value === SITE ? t('record.site') : names.plugin(value) });
      case 'route': return t('filter.routeIs', { value });
      case 'field': return t('filter.fieldIs', { field: value.slice(0, value.indexOf(':')), value: value.slice(value.indexOf(':') + 1) });
      case 'causeCode': return t('filter.causeCodeIs', { value: code(value) });
      case 'cause': return t('filter.causeIs', { value: (newest && say(newest)) ?? newest?.causeCode ?? value });
      default: return filters.time ? t(`span.${filters.time}`) : [filters.from ?? '', filters.to ?? ''].join(' – ');
    }
  };
}
