import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type ContentSearch as Search } from '../api/client';
import { ask } from '../api/queries';
import { Loading } from '../parts/Loading';
import { Mark, type Tone } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { useFilterText } from './FilterBar';
import { hasTime, named } from './filters';
import { FlowList } from './FlowList';
import '../replays/replays.css';
import './records.css';

const here = getRouteApi('/searches/$id');
const TONES: Record<Search['state'], Tone> = { ASKED: 'idle', WAITING: 'busy', RUNNING: 'busy', DONE: 'good', STOPPED: 'idle', FAILED: 'bad' };
const none = () => undefined;

/** A search in the contents: what it would cost comes first; once begun, what it finds comes in, and it can be stopped. */
export function ContentSearch() {
  const { t } = useTranslation();
  const { number, span, size } = useSpans();
  const queries = useQueryClient();
  const id = Number(here.useParams().id);
  const filters = here.useSearch();
  const say = useFilterText(filters.cause);
  const asked = useQuery(ask.contentSearch(id));
  const turn = useMutation({
    mutationFn: (to: 'start' | 'stop') => api.turnContentSearch(id, to),
    onSuccess: (now) => queries.setQueryData(ask.contentSearch(id).queryKey, now),
  });
  const search = asked.data;
  const among = [...named(filters).map((n) => say(filters, n)), hasTime(filters) ? say(filters, 'time') : t('span.all')].join(' · ');

  return (
    <div className="page">
      <Link to="/records" search={filters} className="back">
        <svg viewBox="0 0 16 16" width="14" height="14" className="line" aria-hidden="true"><path d="M10 3 5 8l5 5" /></svg>
        {t('nav.records')}
      </Link>
      {!search ? (asked.isError ? <Wrong error={asked.error} onRetry={() => void asked.refetch()} /> : <Loading />) : (
        <>
          <section className="panel" aria-labelledby="contents-heading">
            <div className="headline">
              <h1 id="contents-heading">{t('contents.title', { text: search.text })}</h1>
              <span role="status"><Mark tone={TONES[search.state]} text={t(`contentsState.${search.state}`)} /></span>
              <span className="acts">
                {search.state === 'ASKED' && <Button type="primary" loading={turn.isPending} onClick={() => turn.mutate('start')}>{t('contents.start')}</Button>}
                {(search.state === 'WAITING' || search.state === 'RUNNING') && <Button danger loading={turn.isPending} onClick={() => turn.mutate('stop')}>{t('contents.stop')}</Button>}
              </span>
            </div>
            <p className="small">{t('contents.among', { filters: among })}</p>
            {search.state === 'ASKED' ? (
              <>
                <dl className="preview after">
                  <div className="fresh"><dt>{t('contents.flows')}</dt><dd>{number(search.estimate.flows)}</dd></div>
                  <div><dt>{t('contents.bytes')}</dt><dd>{size(search.estimate.bytes)}</dd></div>
                  <div><dt>{t('contents.seconds')}</dt><dd>{span(search.estimate.seconds * 1000)}</dd></div>
                </dl>
                <p className="small after">{t('contents.cost')}</p>
              </>
            ) : (
              <>
                <div className="bar" role="progressbar" aria-label={t('replay.progress')} aria-valuemin={0} aria-valuemax={search.of} aria-valuenow={search.looked}>
                  <span className="done" style={{ width: `${search.of === 0 ? 100 : (search.looked / search.of) * 100}%` }} />
                </div>
                <p className="small">{t('contents.looked', { looked: number(search.looked), of: number(search.of) })} · {t('contents.found', { count: search.found, number: number(search.found) })}</p>
                {search.found > search.hits.length && <p className="small">{t('contents.first', { count: search.hits.length })}</p>}
              </>
            )}
            {search.problem && <p className="cause">{search.problem}</p>}
            {turn.isError && <Wrong error={turn.error} />}
          </section>
          {search.hits.length > 0 && (
            <section className="panel list"><FlowList flows={search.hits} more={false} loading={false} onMore={none} /></section>
          )}
          {search.state === 'DONE' && search.hits.length === 0 && <section className="panel"><p className="empty">{t('contents.none')}</p></section>}
        </>
      )}
    </div>
  );
}
