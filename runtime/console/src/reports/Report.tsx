import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../api/client';
import { askReporting } from '../api/reporting';
import { ask, useNames } from '../api/queries';
import { BackLink } from '../parts/BackLink';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/title';
import { REPORT_VIEWS, type ReportView } from '../router';
import { Completeness } from './Completeness';
import { PeriodPicker } from './PeriodPicker';
import { Path } from './Path';
import { kindsOf } from './kinds';
import { readPeriod } from './periods';
import { StandMark } from './stands';
import { useTree } from './tree';
import './reports.css';

const TableView = lazy(() => import('./table/TableView').then((m) => ({ default: m.TableView })));
const Longer = lazy(() => import('./table/Longer').then((m) => ({ default: m.Longer })));
const CompareView = lazy(() => import('./compare/CompareView').then((m) => ({ default: m.CompareView })));
const TilesView = lazy(() => import('./compare/TilesView').then((m) => ({ default: m.TilesView })));
const TrendView = lazy(() => import('./compare/TrendView').then((m) => ({ default: m.TrendView })));
const GroupsView = lazy(() => import('./compare/GroupsView').then((m) => ({ default: m.GroupsView })));
const FeedbackView = lazy(() => import('./feedback/FeedbackView').then((m) => ({ default: m.FeedbackView })));
const ForecastView = lazy(() => import('./forecast/ForecastView').then((m) => ({ default: m.ForecastView })));

const here = getRouteApi('/reports/$form/$period');

/** What every view of a report is given: the form as it is now, which period, and whose. */
export type ViewProps = { form: Form; period: string; unit: string | undefined };

/** A unit's report of a form for a period, looked at in one of several ways. */
export function Report() {
  const { t } = useTranslation();
  const { form: id, period: text } = here.useParams();
  const search = here.useSearch();
  const { unit } = search;
  const names = useNames();
  const navigate = here.useNavigate();
  const forms = useQuery(ask.forms());
  const form = forms.data?.find((f) => f.id === id);
  const root = useTree()?.root?.code;
  const period = readPeriod(text);
  const own = form === undefined || period?.kind === form.period;
  const views = REPORT_VIEWS.filter((v) => own || !OWN_ONLY.includes(v));
  const view = views.find((v) => v === search.view) ?? 'table';
  useTitle(form && `${names.title(form.title)} ${text}`);

  return (
    <div className="page report-page">
      <BackLink to="/reports" />
      <section className="panel title-panel" aria-labelledby="report-heading">
        <div className="headline">
          <h1 id="report-heading">{form ? names.title(form.title) : id}</h1>
          {form && <Head form={form} period={text} unit={unit} own={own} />}
          {form && <Link className="small to-heat" to="/reports/$form" params={{ form: id }} search={unit ? { unit } : {}}>{t('reporting.heat')}</Link>}
        </div>
        {period && (
          <PeriodPicker period={period} kinds={form ? kindsOf(form) : [period.kind]}
            onChange={(to) => void navigate({ to: '/reports/$form/$period', params: { form: id, period: to.text }, search: (s) => ({ ...s, cell: undefined, at: undefined, page: undefined }) })} />
        )}
        <Path unit={unit ?? root} link={(u, name) => (
          <Link to="/reports/$form/$period" params={{ form: id, period: text }} search={{ ...search, unit: u.code, cell: undefined, at: undefined }}>{name}</Link>
        )} />
      </section>
      <nav className="tabs" aria-label={t('reporting.views')}>
        {views.map((v) => (
          <Link key={v} to="/reports/$form/$period" params={{ form: id, period: text }} search={{ ...search, view: v === 'table' ? undefined : v, cell: undefined, at: undefined }}
            resetScroll={false} className={view === v ? 'here' : ''} aria-current={view === v ? 'page' : undefined}>{t(`reportView.${v}`)}</Link>
        ))}
      </nav>
      {form === undefined && forms.data ? <section className="panel"><p className="empty">{t('reporting.unknownForm', { id })}</p></section>
        : form && <Suspense fallback={<Loading />}>{show(view, own, { form, period: text, unit })}</Suspense>}
    </div>
  );
}

/** What is kept for a form's own periods alone. */
const OWN_ONLY: readonly ReportView[] = ['feedback', 'forecast'];

function show(view: ReportView, own: boolean, props: ViewProps) {
  switch (view) {
    case 'compare': return <CompareView {...props} />;
    case 'tiles': return <TilesView {...props} />;
    case 'trend': return <TrendView {...props} />;
    case 'groups': return <GroupsView {...props} />;
    case 'feedback': return <FeedbackView {...props} />;
    case 'forecast': return <ForecastView {...props} />;
    default: return own ? <TableView {...props} /> : <Longer form={props.form.id} period={props.period} unit={props.unit} />;
  }
}

/** How complete it is, and of a respondent where its answer stands and the way to it. */
function Head({ form, period, unit, own }: ViewProps & { own: boolean }) {
  const { t } = useTranslation();
  const table = useQuery({ ...askReporting.table(form.id, period, unit), enabled: own }).data;
  const longer = useQuery({ ...ask.report(form.id, period, unit), enabled: !own }).data;
  const total = table?.total ?? longer?.total;
  const standing = table?.total.standing;
  return (
    <>
      {total && <Completeness total={total} />}
      {standing && <StandMark standing={standing} />}
      {standing && <Link to="/reports/$form/$period/answer/$unit" params={{ form: form.id, period, unit: standing.unit }}>{t('reporting.toAnswer')}</Link>}
    </>
  );
}
