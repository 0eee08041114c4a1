import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reporting, type ExceptionRequest } from '../../api/reporting';
import { Choice } from '../../parts/Choice';
import { useClock } from '../../parts/clock';
import { Dialog } from '../../parts/Dialog';
import { Wrong } from '../../parts/Wrong';
import { endOfDay } from '../days';
import { UnitPicker } from '../UnitPicker';
import '../../replays/replays.css';

type Props = { form: string; period: string; onDone: () => Promise<void>; onClose: () => void };

const KINDS = ['EXTENDED', 'EXCUSED', 'OPENED'] as const;

/** Makes an exception for one unit, with a reason that is kept. */
export function ExceptionDialog({ form, period, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const { zone } = useClock();
  const [unit, setUnit] = useState<string>();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('EXTENDED');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const needsDay = kind === 'EXTENDED';
  const send = useMutation({
    mutationFn: () => reporting.except(form, period, {
      unit: unit ?? '', kind, valid: true, reason: reason.trim(), ...(until && kind !== 'EXCUSED' ? { until: endOfDay(until, zone) } : {}),
    } as ExceptionRequest),
    onSuccess: async () => {
      await onDone();
      onClose();
    },
  });
  const ready = unit !== undefined && reason.trim() !== '' && (!needsDay || until !== '');
  return (
    <Dialog title={t('exemptions.except')} onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button type="primary" disabled={!ready} loading={send.isPending} onClick={() => send.mutate()}>{t('exemptions.except')}</Button>
      </>
    )}>
      <UnitPicker label={t('records.unit')} unit={unit} onChange={setUnit} />
      <Choice label={t('exemptions.kind')} value={kind} onChange={setKind} options={KINDS.map((value) => ({ value, label: t(`exception.${value}`) }))} />
      {kind !== 'EXCUSED' && <label className="field"><span>{t('exemptions.day')}</span><input type="date" value={until} onChange={(e) => setUntil(e.target.value)} /></label>}
      <label className="field"><span>{t('feedback.reason')}</span><Input value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} /></label>
      {send.isError && <Wrong error={send.error} />}
    </Dialog>
  );
}
