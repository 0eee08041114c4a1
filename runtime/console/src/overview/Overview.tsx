import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useProblemText } from '../parts/problems';
import { HubPanel } from './HubPanel';
import { PluginsPanel } from './PluginsPanel';
import { RecordsPanel } from './RecordsPanel';

const LATEST = 20;

/** The first page: how the node stands, its plugins, and what comes in. */
export function Overview() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const hub = useQuery({ queryKey: ['hub'], queryFn: api.hub });
  const plugins = useQuery({ queryKey: ['plugins'], queryFn: api.plugins });
  const records = useQuery({ queryKey: ['records'], queryFn: () => api.latest(LATEST) });
  const units = useQuery({ queryKey: ['units'], queryFn: api.units });
  const contracts = useQuery({ queryKey: ['contracts'], queryFn: api.contracts });
  const failed = [hub, plugins, records].find((q) => q.isError);

  return (
    <div className="overview">
      {failed && (
        <Alert type="error" showIcon role="alert" title={problemText(failed.error)}
          action={<Button size="small" onClick={() => void failed.refetch()}>{t('error.retry')}</Button>} />
      )}
      {hub.data ? <HubPanel hub={hub.data} /> : <Loading />}
      <div className="columns">
        {plugins.data ? <PluginsPanel plugins={plugins.data} hub={hub.data} /> : <Loading />}
        {records.data ? (
          <RecordsPanel records={records.data} units={units.data ?? []} contracts={contracts.data ?? []} hub={hub.data} />
        ) : <Loading />}
      </div>
    </div>
  );
}

function Loading() {
  return <section className="panel" aria-busy="true"><Skeleton active /></section>;
}
