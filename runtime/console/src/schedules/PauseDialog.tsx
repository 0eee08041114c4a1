import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { Dialog } from '../parts/Dialog';
import { Wrong } from '../parts/Wrong';

/** Pauses a schedule, with a reason for those who wonder later. */
export function PauseDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const pause = useMutation({
    mutationFn: () => api.pauseSchedule(id, reason.trim() || null),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['schedules'] }),
  });
  return (
    <Dialog title={t('pause.of', { title })} onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button type="primary" loading={pause.isPending} onClick={() => pause.mutate()}>{t('pause.pause')}</Button>
      </>
    )}>
      <p>{t('pause.text')}</p>
      <label className="field"><span className="small">{t('pause.reason')}</span>
        <Input value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} /></label>
      {pause.isError && <Wrong error={pause.error} />}
    </Dialog>
  );
}
