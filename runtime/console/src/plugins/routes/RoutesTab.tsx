import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Route } from '../../api/client';
import { ask } from '../../api/queries';
import { Loading } from '../../parts/Loading';
import { useSpans } from '../../parts/spans';
import { Wrong } from '../../parts/Wrong';
import { ProblemText } from '../PlanView';
import { StateMark } from '../RouteTable';
import { RoutePanel } from './RoutePanel';
import './routes.css';

type Props = { id: string; routes: Route[]; chosen: string | undefined };

/** The routes of a plugin, one of them looked at closely. */
export function RoutesTab({ id, routes, chosen }: Props) {
  const { t } = useTranslation();
  const { number } = useSpans();
  // a file that could not be taken is called by its name, and has no route to look at
  const refused = routes.filter(isRefused);
  const named = routes.filter((r) => !isRefused(r));
  const shown = named.find((r) => r.id === chosen) ?? named[0];
  const detail = useQuery({ ...ask.route(id, shown?.id ?? ''), enabled: shown !== undefined });

  if (named.length === 0) return refused.length > 0 ? <Refused files={refused} /> : <section className="panel"><p className="empty">{t('routes.none')}</p></section>;
  return (
    <>
      {refused.length > 0 && <Refused files={refused} />}
      <div className="routes">
        <nav className="panel" aria-label={t('routes.heading')}>
          <ul>
            {named.map((r) => (
              <li key={r.id}>
                <Link to="/plugins/$id" params={{ id }} search={{ tab: 'routes', route: r.id! }} replace resetScroll={false}
                  className={r.id === shown?.id ? 'here' : undefined} aria-current={r.id === shown?.id ? 'true' : undefined}>
                  <span className="title">{r.id}</span>
                  <span className="small">{t('routes.passed', { done: number(r.done), failed: number(r.failed) })}</span>
                  {(r.state !== 'Started' || r.problem) && <StateMark state={r.state} />}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="stack">
          {detail.isError && <Wrong error={detail.error} onRetry={() => void detail.refetch()} />}
          {detail.data ? <RoutePanel key={shown?.id} plugin={id} detail={detail.data} /> : !detail.isError && <Loading />}
        </div>
      </div>
    </>
  );
}

const isRefused = (r: Route) => r.id === null || r.state === 'Refused';

/** Files of which no route could be taken, with what is wrong with them. */
function Refused({ files }: { files: Route[] }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="refused-heading">
      <h2 id="refused-heading">{t('routes.refusedFiles')}</h2>
      <ul className="lines">
        {files.map((r) => (
          <li key={`${r.file ?? ''} ${r.id ?? ''}`}>
            <div className="grow">
              <code>{r.file ?? r.id}</code>
              {r.problem && <ProblemText problem={r.problem} />}
            </div>
            <StateMark state={r.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}
