import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useClock } from '../parts/clock';
import { Dialog } from '../parts/Dialog';
import { Wrong } from '../parts/Wrong';
import { dayOf, plusDays } from '../records/filters';

/** Has past days made up for; says first how many that are. */
export function BackfillDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { zone, now } = useClock();
  const today = dayOf(now(), zone);
  const [from, setFrom] = useState(plusDays(today, -7));
  const [to, setTo] = useState(plusDays(today, -1));
  const [failedToo, setFailedToo] = useState(false);
  const range = { from, to, failedToo };
  const preview = useQuery({ queryKey: ['plan', 'backfill', id, range], queryFn: () => api.backfill(id, range, true), enabled: from !== '' && to !== '', retry: false });
  const run = useMutation({
    mutationFn: () => api.backfill(id, range, false),
    onSettled: () => ['schedules', 'attention', 'plan'].forEach((key) => void queries.invalidateQueries({ queryKey: [key] })),
  });
  const due = preview.data?.due ?? 0;

  return (
    <Dialog title={t('backfill.of', { title })} onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t('act.close')}</Button>
        {!run.data && <Button type="primary" disabled={due === 0} loading={run.isPending} onClick={() => run.mutate()}>{t('backfill.go', { count: due })}</Button>}
      </>
    )}>
      <p>{t('backfill.text')}</p>
      <div className="rowform">
        <label><span>{t('backfill.from')}</span><input type="date" value={from} max={today} disabled={run.isSuccess} onChange={(e) => setFrom(e.target.value)} /></label>
        <label><span>{t('backfill.to')}</span><input type="date" value={to} max={today} disabled={run.isSuccess} onChange={(e) => setTo(e.target.value)} /></label>
      </div>
      <label className="choice"><input type="checkbox" checked={failedToo} disabled={run.isSuccess} onChange={(e) => setFailedToo(e.target.checked)} /> {t('backfill.failedToo')}</label>
      {preview.isError && <Wrong error={preview.error} />}
      {preview.data && !run.data && (
        <p role="status">{[t('backfill.due', { count: due }), t('backfill.done', { count: preview.data.done }), preview.data.failed > 0 && t('backfill.failed', { count: preview.data.failed })].filter(Boolean).join(' ')}</p>
      )}
      {run.isError && <Wrong error={run.error} />}
      {run.data && <Alert type="success" showIcon role="status" title={t('backfill.begun', { count: run.data.due })} />}
    </Dialog>
  );
}
