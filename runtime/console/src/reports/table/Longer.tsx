import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Indicator, Total } from '../../api/client';
import { ask, useNames } from '../../api/queries';
import { useClock } from '../../parts/clock';
import { Loading } from '../../parts/Loading';
import { Scroll } from '../../parts/Scroll';
import { Wrong } from '../../parts/Wrong';
import { Completeness } from '../Completeness';
import { useFigures } from '../figures';

/** A unit's total over a period longer than the form's own: no table is kept of it, it is added up when it is asked for. */
export function Longer({ form: id, period: text, unit }: { form: string; period: string; unit: string | undefined }) {
  const { t } = useTranslation();
  const report = useQuery({ ...ask.report(id, text, unit), placeholderData: (before) => before });
  if (report.isError) return <Wrong error={report.error} onRetry={() => void report.refetch()} />;
  if (!report.data) return <Loading />;
  return (
    <div className={report.isPlaceholderData ? 'stack faded' : 'stack'} aria-busy={report.isPlaceholderData}>
      <Figures indicators={report.data.indicators} total={report.data.total} />
      {report.data.total.parts.length > 0 && <Parts form={id} period={text} indicators={report.data.indicators} total={report.data.total} />}
      {report.data.total.submissions.length > 0 && <Submissions indicators={report.data.indicators} total={report.data.total} />}
      {report.data.total.missing.length > 0 && <Missing form={id} period={text} total={report.data.total} />}
      {report.data.total.parts.length === 0 && report.data.total.submissions.length === 0 && (
        <section className="panel"><p className="empty">{report.data.total.expected === 0 ? t('reports.notAsked') : t('reports.noneYet')}</p></section>
      )}
    </div>
  );
}

function Figures({ indicators, total }: { indicators: Indicator[]; total: Total }) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure } = useFigures();
  return (
    <section className="panel" aria-label={t('reports.total')}>
      <dl className="figures">
        {indicators.filter((i) => i.kind !== 'CHOICE').map((i) => (
          <div key={i.code}>
            <dt>{names.title(i.title)}</dt>
            <dd>{figure(i, total.values[i.code])}{i.unit && total.values[i.code] !== undefined && <span className="small"> {i.unit}</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type PartsProps = { form: string; period: string; indicators: Indicator[]; total: Total };

function Parts({ form, period, indicators, total }: PartsProps) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure } = useFigures();
  const due = total.parts.filter((p) => p.expected > 0 || p.received > 0);
  return (
    <section className="panel" aria-labelledby="parts-heading">
      <div className="head">
        <h2 id="parts-heading">{t('reports.parts')}</h2>
        {due.length < total.parts.length && <span className="small">{t('reports.silent', { count: total.parts.length - due.length })}</span>}
      </div>
      <Scroll label={t('reports.parts')}>
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t('records.unit')}</th>
              <th scope="col">{t('reports.completeness')}</th>
              {indicators.map((i) => <th key={i.code} scope="col" className="number">{names.title(i.title)}</th>)}
            </tr>
          </thead>
          <tbody>
            {due.map((p) => (
              <tr key={p.unit.code}>
                <th scope="row"><Link to="/reports/$form/$period" params={{ form, period }} search={{ unit: p.unit.code }}>{names.unit(p.unit.code)}</Link></th>
                <td><Completeness total={p} /></td>
                {indicators.map((i) => <td key={i.code} className="number">{figure(i, p.values[i.code])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Submissions({ indicators, total }: { indicators: Indicator[]; total: Total }) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure } = useFigures();
  const { time } = useClock();
  return (
    <section className="panel" aria-labelledby="submissions-heading">
      <h2 id="submissions-heading">{t('reports.submissions')}</h2>
      <Scroll label={t('reports.submissions')}>
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t('reports.period')}</th>
              <th scope="col">{t('reports.version')}</th>
              <th scope="col">{t('reports.at')}</th>
              {indicators.filter((i) => i.kind !== 'RATIO').map((i) => <th key={i.code} scope="col" className="number">{names.title(i.title)}</th>)}
            </tr>
          </thead>
          <tbody>
            {total.submissions.map((s) => (
              <tr key={`${s.period} ${s.version}`}>
                <th scope="row">{s.record ? <Link to="/records/$id" params={{ id: s.record }}>{s.period}</Link> : s.period}</th>
                <td>{s.version}</td>
                <td>{time(s.at)}</td>
                {indicators.filter((i) => i.kind !== 'RATIO').map((i) => <td key={i.code} className="number">{figure(i, s.values[i.code])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Missing({ form, period, total }: { form: string; period: string; total: Total }) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <section className="panel" aria-labelledby="missing-heading">
      <h2 id="missing-heading">{t('reports.missing', { count: total.missing.length })}</h2>
      <ul className="wrap">
        {total.missing.map((m) => (
          <li key={m.unit}>
            <Link to="/reports/$form/$period" params={{ form, period }} search={{ unit: m.unit }}>{names.zh ? m.name : m.nameEn}</Link>
            {m.periods > 1 && <span className="small"> {t('reports.missingOf', { count: m.periods })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
