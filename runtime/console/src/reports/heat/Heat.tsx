import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { askReporting } from '../../api/reporting';
import { ask, useNames } from '../../api/queries';
import { BackLink } from '../../parts/BackLink';
import { Loading } from '../../parts/Loading';
import { useTitle } from '../../parts/title';
import { Wrong } from '../../parts/Wrong';
import { Path } from '../Path';
import { readPeriod, step, type Period } from '../periods';
import { STATES } from '../states';
import { HeatGrid } from './HeatGrid';
import { HeatWords } from './HeatWords';
import { countsOf, shownRows, sinceOpened } from './rows';
import '../reports.css';
import './heat.css';

const here = getRouteApi('/reports/$form');

/** How a unit and all bureaus below it stand with a form, period by period. */
export function Heat() {
  const { t } = useTranslation();
  const names = useNames();
  const { form: id } = here.useParams();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const form = useQuery({ ...ask.forms(), select: (forms) => forms.find((f) => f.id === id) }).data;
  const hub = useQuery(ask.hub()).data;
  const unit = search.unit ?? hub?.unit;
  const overview = useQuery({ ...askReporting.overview(id, unit, search.to), enabled: unit !== undefined, placeholderData: keepPreviousData });
  const change = (next: Partial<typeof search>) => void navigate({ search: { ...search, ...next }, replace: true, resetScroll: false });
  const data = overview.data && sinceOpened(overview.data);
  const span = overview.data?.periods.length ?? 0;
  const last = data?.periods.at(-1)?.period;
  const first = data?.periods[0]?.period;
  const counts = data && countsOf(data);

  useTitle(form ? names.title(form.title) : undefined);

  const shift = (from: string | undefined, by: 1 | -1, times: number) => {
    let at: Period | null = readPeriod(from ?? '');
    for (let i = 0; at && i < times; i++) at = step(at, by);
    if (at) change({ to: at.text });
  };

  return (
    <div className="page heat-page">
      <BackLink to="/reports" />
      <section className="panel" aria-labelledby="heat-heading">
        <div className="headline">
          <h1 id="heat-heading">{form ? names.title(form.title) : id}</h1>
          {last && <Link to="/reports/$form/$period" params={{ form: id, period: last }} search={search.unit ? { unit: search.unit } : {}}>{t('heat.toTable', { period: last })}</Link>}
        </div>
        {unit && <Path unit={unit} link={(u, name) => <Link to="/reports/$form" params={{ form: id }} search={{ ...search, unit: u.code }}>{name}</Link>} />}
      </section>
      {overview.isError && <Wrong error={overview.error} onRetry={() => void overview.refetch()} />}
      {overview.isPending && !overview.isError && <Loading />}
      {data && counts && !overview.isError && (
        <section className={overview.isPlaceholderData ? 'panel faded' : 'panel'} aria-labelledby="map-heading" aria-busy={overview.isPlaceholderData}>
          <div className="head">
            <h2 id="map-heading">{t('heat.heading', { count: data.rows.length })}</h2>
            <div className="acts">
              <Button size="small" aria-label={t('heat.earlier')} onClick={() => shift(last, -1, span)}>‹</Button>
              <span className="span">{first} – {last}</span>
              <Button size="small" aria-label={t('heat.later')} onClick={() => shift(last, 1, span)}>›</Button>
              {search.to && <Button size="small" onClick={() => change({ to: undefined })}>{t('heat.today')}</Button>}
              <Button size="small" onClick={() => change({ view: search.view === 'words' ? undefined : 'words' })}>{search.view === 'words' ? t('heat.asMap') : t('heat.asWords')}</Button>
              <Button size="small" onClick={() => change({ closed: search.closed === 'all' ? undefined : 'all' })}>{search.closed === 'all' ? t('heat.openAll') : t('heat.closeAll')}</Button>
            </div>
          </div>
          <ul className="heat-legend" aria-label={t('heat.legend')}>
            {STATES.map((s) => (
              <li key={s}>
                <button type="button" className="key" aria-pressed={search.only === s} disabled={counts[s] === 0 && search.only !== s}
                  onClick={() => change({ only: search.only === s ? undefined : s })}>
                  <span className={`tile ${s}`} aria-hidden="true">{t(`standingLetter.${s}`)}</span>{t(`standing.${s}`)} <span className="small">{counts[s]}</span>
                </button>
              </li>
            ))}
            <li className="late-key"><span className="tile ACCEPTED late" aria-hidden="true">{t('standingLetter.ACCEPTED')}</span>{t('heat.late')}</li>
          </ul>
          <p className="small">{last && t('heat.legendHint', { period: last })}</p>
          {shownRows(data, search).length === 0 ? <p className="empty">{t('heat.nothing')}</p>
            : search.view === 'words' ? <HeatWords data={data} search={search} />
              : <HeatGrid data={data} search={search} onToggle={(closed) => change({ closed })} />}
        </section>
      )}
    </div>
  );
}
