import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, useNames } from '../api/queries';
import { BackLink } from '../parts/BackLink';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark, toneOfFlow } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { useTitle } from '../parts/title';
import { Wrong } from '../parts/Wrong';
import { useFilterText } from '../records/FilterBar';
import { hasTime, named } from '../records/filters';
import { useCauseText } from '../trouble/causes';
import { readAbout } from './about';
import { Progress } from './Progress';
import './replays.css';

const here = getRouteApi('/replays/$id');

/** One replay: what was asked for, by whom and why, and how far it is. */
export function Replay() {
  const { t } = useTranslation();
  const { time } = useClock();
  const id = Number(here.useParams().id);
  const replay = useQuery(ask.replay(id));
  const about = readAbout(replay.data?.about ?? '{}');
  const say = useFilterText(about.filters.cause);
  useTitle(String(id));

  return (
    <div className="page">
      <BackLink to="/replays" />
      {!replay.data ? (replay.isError ? <Wrong error={replay.error} onRetry={() => void replay.refetch()} /> : <Loading />) : (
        <section className="panel" aria-labelledby="replay-heading">
          <h1 id="replay-heading">{t(`replayAction.${replay.data.action}`)} · {id}</h1>
          <dl className="facts">
            <div><dt>{t('replay.who')}</dt><dd>{replay.data.who}</dd></div>
            <div><dt>{t('replay.startedAt')}</dt><dd><time dateTime={replay.data.startedAt}>{time(replay.data.startedAt)}</time></dd></div>
            {replay.data.endedAt && <div><dt>{t('replay.endedAt')}</dt><dd><time dateTime={replay.data.endedAt}>{time(replay.data.endedAt)}</time></dd></div>}
            {replay.data.reason && <div><dt>{t('replay.reason')}</dt><dd>{replay.data.reason}</dd></div>}
            {about.subscription && <div><dt>{t('record.subscription')}</dt><dd><code>{about.subscription}</code></dd></div>}
            <div>
              <dt>{t('replay.about')}</dt>
              <dd>
                {[...(about.chosen !== undefined ? [t('replay.chosen', { count: about.chosen })] : []),
                  ...named(about.filters).map((name) => say(about.filters, name)),
                  ...(about.units !== undefined ? [t('replay.units', { count: about.units })] : []),
                  ...(hasTime(about.filters) ? [say(about.filters, 'time')] : [])].join(' · ')}
              </dd>
            </div>
          </dl>
          <Progress id={id} />
          {about.chosen === undefined && about.units === undefined && (
            <p className="after"><Link to="/records" search={{ ...about.filters, status: undefined }}>{t('replay.records')}</Link></p>
          )}
        </section>
      )}
      {replay.data && replay.data.failed > 0 && <Failures id={id} failed={replay.data.failed} />}
    </div>
  );
}

/** What did not go on, each with why: the work that a replay leaves. */
function Failures({ id, failed }: { id: number; failed: number }) {
  const { t } = useTranslation();
  const { number } = useSpans();
  const say = useCauseText();
  const names = useNames();
  const failures = useQuery(ask.replayFailures(id));
  const list = failures.data ?? [];
  return (
    <section className="panel" aria-labelledby="failures-heading">
      <h2 id="failures-heading">{t('replay.failures')}</h2>
      {failures.isError && <Wrong error={failures.error} onRetry={() => void failures.refetch()} />}
      {failures.isPending && <Loading />}
      <ul className="lines">
        {list.map(({ id: flow, flow: now, cause }) => (
          <li key={flow}>
            <div className="grow">
              <Link to="/records/$id" params={{ id: flow }} className="title">{now ? (now.contract ? names.contract(now.contract) : t('records.noContract')) : <code>{flow}</code>}</Link>{' '}
              {now?.key && <span className="key">{now.key}</span>}
              <div className="cause">{now?.cause ? say(now) : cause}</div>
            </div>
            {now && <Mark tone={toneOfFlow(now.status)} text={t(`flowStatus.${now.status}`)} />}
          </li>
        ))}
      </ul>
      {failures.data && failed > list.length && <p className="small">{t('replay.failuresMore', { count: failed - list.length, number: number(failed - list.length) })}</p>}
    </section>
  );
}
