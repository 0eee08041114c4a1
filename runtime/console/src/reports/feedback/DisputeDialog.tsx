import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../api/client';
import { reporting } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Dialog } from '../../parts/Dialog';
import { Wrong } from '../../parts/Wrong';
import { plainNumber } from '../answer/typing';
import { useFigures } from '../figures';
import '../../replays/replays.css';

type Props = { form: string; period: string; unit: string; indicator: Indicator; held: number | null; onClose: () => void };

/** Says that a figure is wrong, and what it should be; from then on the bureau above has so many working days. */
export function DisputeDialog({ form, period, unit, indicator, held, onClose }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const queries = useQueryClient();
  const { figure } = useFigures();
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: () => reporting.dispute(form, period, {
      unit, indicator: indicator.code, reason: reason.trim(), ...(value.trim() ? { value: plainNumber(value) } : {}),
    }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['reporting'] });
      onClose();
    },
  });
  return (
    <Dialog title={t('feedback.disputeOf', { indicator: names.title(indicator.title) })} onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button type="primary" disabled={reason.trim() === ''} loading={send.isPending} onClick={() => send.mutate()}>{t('feedback.dispute')}</Button>
      </>
    )}>
      <p>{t('feedback.disputeText', { held: `${figure(indicator, held)} ${indicator.unit ?? ''}`.trim() })}</p>
      <label className="field"><span>{t('feedback.should')}</span><Input value={value} inputMode="decimal" maxLength={60} onChange={(e) => setValue(e.target.value)} /></label>
      <label className="field"><span>{t('feedback.reason')}</span><Input.TextArea value={reason} rows={3} maxLength={500} onChange={(e) => setReason(e.target.value)} /></label>
      {send.isError && <Wrong error={send.error} />}
    </Dialog>
  );
}
