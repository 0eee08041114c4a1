import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type FlowQuery, type ReplayRequest } from '../api/client';
import { ask } from '../api/queries';
import { Dialog } from '../parts/Dialog';
import { Loading } from '../parts/Loading';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { Progress } from './Progress';
import './replays.css';

/** Which flows are meant: all that a query matches, or of these the named ones. */
export type Choice = { query: FlowQuery; only?: string[] };
type Props = {
  action: 'SEND_ON' | 'DISMISS';
  choice: Choice;
  /** Of a single record that ended: the subscription that shall have it once more. */
  subscription?: string | undefined;
  onStarted?: () => void;
  onClose: () => void;
};

const RATES = ['0', '10', '100', '1000'] as const;

/** Counts first what would be done; then it is done, and can be followed, paused and stopped here. */
export function ReplayDialog({ action, choice, subscription, onStarted, onClose }: Props) {
  const { t } = useTranslation();
  const { number } = useSpans();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [perSecond, setPerSecond] = useState<(typeof RATES)[number]>('0');
  const sending = action === 'SEND_ON';
  const request: ReplayRequest = { action, version: 'current', ...(choice.only ? { only: choice.only } : {}), ...(subscription ? { subscription } : {}) };
  const preview = useQuery({ queryKey: ['plan', 'replay', choice, request], queryFn: () => api.previewReplay(choice.query, request), gcTime: 0, retry: false });
  const start = useMutation({
    mutationFn: () => api.startReplay(choice.query, { ...request, perSecond: Number(perSecond), reason: reason.trim() || null }),
    onSuccess: (replay) => {
      queries.setQueryData(ask.replay(replay.id).queryKey, replay);
      void queries.invalidateQueries({ queryKey: ['replays'], exact: true });
      onStarted?.();
    },
  });
  const counts = preview.data;
  const ready = counts !== undefined && counts.fresh > 0 && (sending || reason.trim() !== '');

  if (start.data) {
    return (
      <Dialog title={sending ? t('replay.heading') : t('dismiss.heading')} onClose={onClose} footer={(
        <>
          <Link to="/replays/$id" params={{ id: String(start.data.id) }} className="small">{t('replay.page')}</Link>
          <Button onClick={onClose}>{t('act.close')}</Button>
        </>
      )}>
        <Progress id={start.data.id} />
        <p className="small">{t('replay.goesOn')}</p>
      </Dialog>
    );
  }
  return (
    <Dialog title={sending ? t('replay.heading') : t('dismiss.heading')} onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button type="primary" danger={!sending} disabled={!ready} loading={start.isPending} onClick={() => start.mutate()}>
          {counts === undefined ? (sending ? t('replay.act') : t('dismiss.act'))
            : sending ? t('replay.run', { count: counts.fresh, number: number(counts.fresh) }) : t('dismiss.run', { count: counts.fresh, number: number(counts.fresh) })}
        </Button>
      </>
    )}>
      <p>{sending ? t('replay.text') : t('dismiss.text')}</p>
      {preview.isPending && <Loading />}
      {preview.isError && <Wrong error={preview.error} onRetry={() => void preview.refetch()} />}
      {counts && (
        <div role="status" aria-label={t('replay.preview')}><dl className="preview">
          <div className="fresh"><dt>{sending ? t('replay.fresh') : t('dismiss.fresh')}</dt><dd>{number(counts.fresh)}</dd></div>
          <div><dt>{t('replay.applied')}</dt><dd>{number(counts.applied)}</dd></div>
          {counts.lost > 0 && <div className="lost"><dt>{t('replay.lost')}</dt><dd>{number(counts.lost)}</dd></div>}
        </dl></div>
      )}
      {counts && counts.fresh === 0 && <p className="small">{t('replay.nothing')}</p>}
      <label className="field">
        <span>{sending ? t('replay.reasonMay') : t('replay.reasonMust')}</span>
        <Input.TextArea value={reason} rows={2} maxLength={500} onChange={(e) => setReason(e.target.value)} />
      </label>
      {sending && counts && counts.fresh > 1 && (
        <label className="field">
          <span>{t('replay.rate')}</span>
          <select value={perSecond} onChange={(e) => setPerSecond(e.target.value as typeof perSecond)}>
            {RATES.map((r) => <option key={r} value={r}>{r === '0' ? t('replay.fast') : t('replay.perSecond', { number: number(Number(r)) })}</option>)}
          </select>
        </label>
      )}
      {start.isError && <Wrong error={start.error} />}
    </Dialog>
  );
}
