import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Form } from '../api/client';
import { askReporting } from '../api/reporting';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark } from '../parts/Mark';
import { Wrong } from '../parts/Wrong';
import { dayOf, plusDays } from '../records/filters';
import { Completeness } from './Completeness';
import { periodOf } from './periods';
import { StandMark } from './stands';
import { useTree } from './tree';
import { UnitPicker } from './UnitPicker';
import './reports.css';

const here = getRouteApi('/reports');

/** Every form with how complete its last whole period is, for a unit: what waits for its review, and what it has to answer. */
export function Reports() {
  const { t } = useTranslation();
  const { unit } = here.useSearch();
  const navigate = here.useNavigate();
  const hub = useQuery(ask.hub()).data;
  const forms = useQuery(ask.forms());
  const mine = unit ?? hub?.unit;
  return (
    <div className="page">
      <div className="head">
        <h1>{t('nav.reports')}</h1>
        <div className="acts"><Link to="/reports/units" className="small quiet units-link">{t('units.heading')}</Link><UnitPicker label={t('reporting.mine')} unit={mine} onChange={(to) => void navigate({ search: { unit: to } })} /></div>
      </div>
      {forms.isError && <Wrong error={forms.error} onRetry={() => void forms.refetch()} />}
      {forms.isPending && !forms.isError && <Loading />}
      {mine && forms.data && <Duties unit={mine} forms={forms.data} />}
      {forms.data?.length === 0 && <section className="panel"><p className="empty">{t('reports.empty')}</p></section>}
      <ul className="tiles">{forms.data?.map((f) => <li key={f.id}><Tile form={f} unit={unit} /></li>)}</ul>
    </div>
  );
}

/** What somebody of this unit has to do. */
function Duties({ unit, forms }: { unit: string; forms: readonly Form[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const { now, zone } = useClock();
  const tree = useTree();
  const reviews = useQuery({ ...askReporting.reviews(unit), retry: false }).data;
  const asked = forms.filter((f) => f.respondents.includes(unit));
  const today = dayOf(now(), zone);
  const due = asked.flatMap((f) => {
    const current = periodOf(f.period, today);
    return [periodOf(f.period, plusDays(current.first, -1)), current].map((p) => ({ form: f, period: p.text }));
  });
  const standings = useQueries({ queries: due.map((d) => askReporting.answer({ form: d.form.id, period: d.period, unit })) });
  const waiting = reviews?.waiting.length ?? 0;
  const disputes = useQuery({ ...askReporting.disputes({ answerer: unit }), retry: false }).data?.filter((d) => d.state === 'OPEN' || d.state === 'OVERDUE') ?? [];
  const bureau = tree?.find(unit)?.level !== 'INSTITUTION';
  if (!tree || (!bureau && due.length === 0)) return null;
  return (
    <section className="panel duties" aria-labelledby="duties-heading">
      <h2 id="duties-heading">{t('reporting.duties', { unit: names.unit(unit) })}</h2>
      <ul className="lines">
        {bureau && (
          <li>
            <span className="grow"><Link to="/reports/reviews" search={{ unit }}>{t('inbox.title')}</Link></span>
            <Mark tone={waiting > 0 ? 'busy' : 'good'} text={waiting > 0 ? t('inbox.count', { count: waiting }) : t('inbox.nothing')} />
          </li>
        )}
        {disputes.map((d) => (
          <li key={d.id}>
            <span className="grow"><Link to="/reports/$form/$period" params={{ form: d.form, period: d.period }} search={{ unit, view: 'feedback' }}>{t('feedback.toAnswer', { unit: names.unit(d.unit), period: d.period })}</Link></span>
            <Mark tone={d.state === 'OVERDUE' ? 'bad' : 'busy'} text={t(`disputeState.${d.state}`)} />
          </li>
        ))}
        {due.map((d, i) => {
          const standing = standings[i]?.data?.standing;
          return (
            <li key={`${d.form.id} ${d.period}`}>
              <span className="grow"><Link to="/reports/$form/$period/answer/$unit" params={{ form: d.form.id, period: d.period, unit }}>{names.title(d.form.title)} · {d.period}</Link></span>
              {standing && <StandMark standing={standing} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Tile({ form, unit }: { form: Form; unit: string | undefined }) {
  const { t } = useTranslation();
  const names = useNames();
  const { now, zone, known } = useClock();
  // the last one that is over: yesterday for a day
  const current = periodOf(form.period, dayOf(now(), zone));
  const period = periodOf(form.period, plusDays(current.first, -1));
  const table = useQuery({ ...askReporting.table(form.id, period.text, unit), enabled: known, retry: false });
  const search = unit ? { unit } : {};

  return (
    <section className="panel tile">
      <h2><Link to="/reports/$form/$period" params={{ form: form.id, period: period.text }} search={search} className="cover">{names.title(form.title)}</Link></h2>
      <p className="small">{[form.id, names.plugin(form.plugin), t('reports.by', { kind: t(`periodKind.${form.period}`).toLowerCase() }), t('reports.respondents', { count: form.respondents.length })].join(' · ')}</p>
      <p>{t('reports.last', { period: period.text })}</p>
      {table.data && <Completeness total={table.data.total} />}
      {table.isError && <Wrong error={table.error} />}
      <p className="over"><Link to="/reports/$form" params={{ form: form.id }} search={search}>{t('reporting.heat')}</Link></p>
    </section>
  );
}
