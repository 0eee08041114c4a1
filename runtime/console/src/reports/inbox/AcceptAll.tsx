import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reporting, type WaitingReview } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Dialog } from '../../parts/Dialog';
import { useProblemText } from '../../parts/problems';

type Props = { waiting: WaitingReview[]; reviewer: string; onClose: () => void };
type Outcome = { unit: string; wrong: string | null };

/** Accepts several one after the other, and says of each whether it was; one that was refused keeps no other back. */
export function AcceptAll({ waiting: given, reviewer, onClose }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [waiting] = useState(given); // the list behind gets shorter meanwhile
  const [done, setDone] = useState<Outcome[]>([]);
  const [running, setRunning] = useState(false);
  const warned = waiting.filter((w) => w.submission.warnings.length > 0).length;
  const ended = done.length === waiting.length;
  const wrong = done.filter((d) => d.wrong !== null);

  const run = async () => {
    setRunning(true);
    for (const { form, period, submission } of waiting) {
      const outcome = await reporting.accept({ form, period, unit: submission.unit }, submission.version, reviewer).then(() => null, problemText);
      setDone((before) => [...before, { unit: submission.unit, wrong: outcome }]);
    }
    setRunning(false);
    await queries.invalidateQueries({ queryKey: ['reporting'] });
  };

  return (
    <Dialog title={t('inbox.acceptHeading', { count: waiting.length })} onClose={() => !running && onClose()} footer={(
      <>
        <Button disabled={running} onClick={onClose}>{ended ? t('act.close') : t('act.cancel')}</Button>
        {!ended && <Button type="primary" loading={running} onClick={() => void run()}>{t('inbox.accept')}</Button>}
      </>
    )}>
      <p>{t('inbox.acceptText')}</p>
      {warned > 0 && done.length === 0 && <p className="box warn">{t('inbox.acceptWarned', { count: warned })}</p>}
      {(running || ended) && (
        <>
          <progress max={waiting.length} value={done.length} aria-label={t('inbox.accept')} />
          <p role="status">{t('inbox.accepted', { done: done.length - wrong.length, of: waiting.length })}</p>
        </>
      )}
      {wrong.length > 0 && <ul className="box bad">{wrong.map((w) => <li key={w.unit}><b>{names.unit(w.unit)}</b> {w.wrong}</li>)}</ul>}
    </Dialog>
  );
}
