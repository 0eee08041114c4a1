import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import { ask } from '../api/queries';
import { Loading } from '../parts/Loading';
import { Wrong } from '../parts/Wrong';
import { AttentionPanel } from './AttentionPanel';
import { HubPanel } from './HubPanel';
import { PluginsPanel } from './PluginsPanel';
import { RecordsPanel } from './RecordsPanel';
import './overview.css';

const LATEST = 20;

/** The first page: how the node stands, what needs somebody, its plugins, and what comes in. */
export function Overview() {
  const hub = useQuery(ask.hub());
  const plugins = useQuery(ask.plugins());
  const records = useQuery({ queryKey: ['latest'], queryFn: () => api.records({ limit: LATEST }).then((a) => a.records) });
  const failed = [hub, plugins, records].find((q) => q.isError);

  return (
    <div className="overview">
      {failed && <Wrong error={failed.error} onRetry={() => void failed.refetch()} />}
      {hub.data ? <HubPanel hub={hub.data} /> : <Loading />}
      <AttentionPanel />
      <div className="columns">
        {plugins.data ? <PluginsPanel plugins={plugins.data} /> : <Loading />}
        {records.data ? <RecordsPanel records={records.data} /> : <Loading />}
      </div>
    </div>
  );
}
