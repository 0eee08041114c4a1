import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/Dialog';
import { Wrong } from '../parts/Wrong';
import '../replays/replays.css';

type Props = { title: string; text: string; act: string; onReason: (reason: string) => Promise<void>; onClose: () => void };

/** The hub takes no shorter one. */
export const SHORTEST = 5;

/** Asks why, for what is written down. */
export function ReasonDialog({ title, text, act, onReason, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const give = useMutation({ mutationFn: () => onReason(reason.trim()) });
  const ready = reason.trim().length >= SHORTEST;
  return (
    <Dialog title={title} onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button type="primary" disabled={!ready} loading={give.isPending} onClick={() => give.mutate()}>{act}</Button>
      </>
    )}>
      <form onSubmit={(e) => {
        e.preventDefault();
        if (ready) give.mutate();
      }}>
        <p>{text}</p>
        <label className="field">
          <span>{t('reason.label', { count: SHORTEST })}</span>
          <Input value={reason} maxLength={500} autoFocus onChange={(e) => setReason(e.target.value)} />
        </label>
      </form>
      {give.isError && <Wrong error={give.error} />}
    </Dialog>
  );
}
