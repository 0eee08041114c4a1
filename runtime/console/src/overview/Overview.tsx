import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { api } from '../api/client';
import { ask } from '../api/queries';
import { Loading } from '../parts/Loading';
import { Wrong } from '../parts/Wrong';
import { Omnibox } from '../records/Omnibox';
import { useContentSearch } from '../records/useContentSearch';
import type { OverviewSearch } from '../router';
import { AttentionPanel } from './AttentionPanel';
import { HubPanel } from './HubPanel';
import { TrafficPanel } from '../charts/TrafficPanel';
import { PluginsPanel } from './PluginsPanel';
import { RecordsPanel } from './RecordsPanel';
import { TodayPanel } from './TodayPanel';
import './overview.css';

const LATEST = 20;
const here = getRouteApi('/');
/** The map comes after what needs attention, also over a slow line. */
const MapPanel = lazy(() => import('../map/MapPanel').then((m) => ({ default: m.MapPanel })));

/** The first page: where to find any record, how the node stands, what needs somebody, what flows where, what is due today, and what comes in. */
export function Overview() {
  const search = here.useSearch();
  const navigate = useNavigate();
  const turn = (to: OverviewSearch) => void navigate({ to: '/', search: { ...search, ...to }, replace: true, resetScroll: false });
  const contents = useContentSearch({});
  const hub = useQuery(ask.hub());
  const plugins = useQuery(ask.plugins());
  const records = useQuery({ queryKey: ['latest'], queryFn: () => api.records({ limit: LATEST }).then((a) => a.records) });
  const failed = [hub, plugins, records].find((q) => q.isError);

  return (
    <div className="overview">
      <Omnibox onAdd={(found) => void navigate({ to: '/records', search: found })} onOpen={(id) => void navigate({ to: '/records/$id', params: { id } })}
        onContents={(text) => contents.mutate(text)} />
      {contents.isError && <Wrong error={contents.error} />}
      {failed && <Wrong error={failed.error} onRetry={() => void failed.refetch()} />}
      {hub.data ? <HubPanel hub={hub.data} /> : !hub.isError && <Loading />}
      <AttentionPanel />
      <Suspense fallback={<Loading />}>
        <MapPanel plugin={search.plugin} shown={search.map} onTurn={turn} />
      </Suspense>
      <TrafficPanel span={search.span ?? 'hour'} onSpan={(span) => turn({ span })} />
      <TodayPanel />
      <div className="columns">
        {plugins.data ? <PluginsPanel plugins={plugins.data} /> : !plugins.isError && <Loading />}
        {records.data ? <RecordsPanel records={records.data} /> : !records.isError && <Loading />}
      </div>
    </div>
  );
}
