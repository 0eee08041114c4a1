import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type FlowDetail } from '../api/client';
import { ask } from '../api/queries';
import { Choice } from '../parts/Choice';
import { Dialog } from '../parts/Dialog';
import { Wrong } from '../parts/Wrong';
import { STOPPED } from '../records/filters';
import { Progress } from '../replays/Progress';
import { DryRunView } from './DryRunView';
import { subscriptionsOf } from './hops';

const STOP = '';
const ARRIVAL = 'arrival';

/** One record goes on again: from where it stopped, from its arrival or to one subscription; what would come of it can be seen first. */
export function ReplayRecord({ detail: { flow, hops }, onClose }: { detail: FlowDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const stopped = STOPPED.includes(flow.status);
  const subscriptions = subscriptionsOf(hops);
  const [from, setFrom] = useState(stopped ? STOP : ARRIVAL);
  const [version, setVersion] = useState<'current' | 'original'>('current');
  const [reason, setReason] = useState('');
  const origin = hops.find((h) => h.plugin !== null && h.version !== null);
  const preview = useMutation({ mutationFn: () => api.dryRun({ id: flow.id, version }) });
  const start = useMutation({
    mutationFn: () => api.startReplay({}, {
      action: 'SEND_ON', only: [flow.id], version, perSecond: 0, reason: reason.trim() || null, ...(from === STOP ? {} : { fromHop: from }),
    }),
    onSuccess: (replay) => {
      queries.setQueryData(ask.replay(replay.id).queryKey, replay);
      void queries.invalidateQueries({ queryKey: ['replays'], exact: true });
    },
  });

  return (
    <Dialog wide title={t('replay.heading')} onClose={onClose} footer={start.data ? (
      <>
        <Link to="/replays/$id" params={{ id: String(start.data.id) }} className="small">{t('replay.page')}</Link>
        <Button onClick={onClose}>{t('act.close')}</Button>
      </>
    ) : (
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button loading={preview.isPending} disabled={from !== STOP && from !== ARRIVAL} onClick={() => preview.mutate()}>{t('dryRun.act')}</Button>
        <Button type="primary" loading={start.isPending} onClick={() => start.mutate()}>{t('replay.one')}</Button>
      </>
    )}>
      {start.data ? <Progress id={start.data.id} /> : (
        <>
          <div className="choices-line">
            <Choice label={t('replay.from')} value={from} onChange={setFrom} options={[
              ...(stopped ? [{ value: STOP, label: t('replay.fromStop') }] : []),
              { value: ARRIVAL, label: t('replay.fromArrival') },
              ...subscriptions.map((name) => ({ value: name, label: t('replay.toSubscription', { name }) })),
            ]} />
            {origin && (
              <Choice label={t('replay.version')} value={version} onChange={setVersion} options={[
                { value: 'current', label: t('replay.current') },
                { value: 'original', label: t('replay.original', { version: origin.version }) },
              ]} />
            )}
          </div>
          <p className="small">{from === STOP || from === ARRIVAL ? t('replay.textOne') : t('replay.textSubscription')}</p>
          <label className="field">
            <span>{t('replay.reasonMay')}</span>
            <Input value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />
          </label>
          {preview.data && <DryRunView result={preview.data} />}
          {preview.isError && <Wrong error={preview.error} />}
          {start.isError && <Wrong error={start.error} />}
        </>
      )}
    </Dialog>
  );
}
