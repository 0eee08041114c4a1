import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Form } from '../api/client';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Wrong } from '../parts/Wrong';
import { dayOf, plusDays } from '../records/filters';
import { Completeness } from './Completeness';
import { periodOf } from './periods';
import './reports.css';

/** Every form, with how complete its last whole period is. */
export function Reports() {
  const { t } = useTranslation();
  const forms = useQuery(ask.forms());
  return (
    <div className="page">
      <div className="head"><h1>{t('nav.reports')}</h1></div>
      {forms.isError && <Wrong error={forms.error} onRetry={() => void forms.refetch()} />}
      {forms.isPending && !forms.isError && <Loading />}
      {forms.data?.length === 0 && <section className="panel"><p className="empty">{t('reports.empty')}</p></section>}
      <ul className="tiles">{forms.data?.map((f) => <li key={f.id}><Tile form={f} /></li>)}</ul>
    </div>
  );
}

function Tile({ form }: { form: Form }) {
  const { t } = useTranslation();
  const names = useNames();
  const { now, zone, known } = useClock();
  // the last one that is over: yesterday for a day
  const current = periodOf(form.period, dayOf(now(), zone));
  const period = periodOf(form.period, plusDays(current.first, -1));
  const report = useQuery({ ...ask.report(form.id, period.text, undefined), enabled: known });

  return (
    <section className="panel tile">
      <h2><Link to="/reports/$form/$period" params={{ form: form.id, period: period.text }} className="cover">{names.title(form.title)}</Link></h2>
      <p className="small">{[form.id, names.plugin(form.plugin), t('reports.by', { kind: t(`periodKind.${form.period}`).toLowerCase() }), t('reports.respondents', { count: form.respondents.length })].join(' · ')}</p>
      <p>{t('reports.last', { period: period.text })}</p>
      {report.data && <Completeness total={report.data.total} />}
      {report.isError && <Wrong error={report.error} />}
    </section>
  );
}
