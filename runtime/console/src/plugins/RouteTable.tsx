import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Route } from '../api/client';
import { Mark, type Tone } from '../parts/Mark';
import { Scroll } from '../parts/Scroll';
import { useSpans } from '../parts/spans';
import { ProblemText } from './PlanView';

const KNOWN = ['Started', 'Stopped', 'Suspended', 'Starting', 'Stopping', 'Refused'] as const;

/** Routes with what went through them since they were started; the counters move while one looks. */
export function RouteTable({ routes, heading, owner }: { routes: Route[]; heading?: string; owner?: string }) {
  const { t } = useTranslation();
  const { number } = useSpans();
  return (
    <section className="panel" aria-labelledby="routes-heading">
      <h2 id="routes-heading">{heading ?? t('routes.heading')}</h2>
      {routes.length === 0 ? <p className="empty">{t('routes.none')}</p> : (
        <Scroll label={heading ?? t('routes.heading')}>
          <table className="grid short">
            <thead>
              <tr>
                <th scope="col">{t('routes.route')}</th>
                <th scope="col">{t('routes.state')}</th>
                <th scope="col" className="number">{t('routes.done')}</th>
                <th scope="col" className="number">{t('routes.failed')}</th>
              </tr>
            </thead>
            <tbody>
              {routes.map((r) => (
                <tr key={`${r.file ?? ''} ${r.id ?? ''}`}>
                  <td>
                    <div className="title">{owner && r.id ? <Link to="/plugins/$id" params={{ id: owner }} search={{ tab: 'routes', route: r.id }}>{r.id}</Link> : r.id ?? r.file}</div>
                    {r.from && <div className="small"><code title={r.from}>{r.from.replace(/\?.*$/, '')}</code></div>}
                    {r.problem && <ProblemText problem={r.problem} />}
                  </td>
                  <td><StateMark state={r.state} /></td>
                  <td className="number">{number(r.done)}</td>
                  <td className={r.failed > 0 ? 'number bad' : 'number'}>{number(r.failed)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

export function StateMark({ state }: { state: string }) {
  const { t } = useTranslation();
  const known = KNOWN.find((k) => k === state);
  const tone: Tone = state === 'Started' ? 'good' : state === 'Refused' ? 'bad' : state === 'Starting' ? 'busy' : 'idle';
  return <Mark tone={tone} text={known ? t(`routeState.${known}`) : state} />;
}
