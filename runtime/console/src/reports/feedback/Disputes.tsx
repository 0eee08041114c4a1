import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../api/client';
import { askReporting, reporting, type Dispute } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { useClock } from '../../parts/clock';
import { Mark, type Tone } from '../../parts/Mark';
import { useSpans } from '../../parts/spans';
import { Wrong } from '../../parts/Wrong';
import { useFigures } from '../figures';
import { useMoments } from '../moments';

const TONES: Record<Dispute['state'], Tone> = { OPEN: 'busy', OVERDUE: 'bad', UPHELD: 'warn', REJECTED: 'idle', WITHDRAWN: 'idle', SETTLED: 'good' };

/** What is disputed below a unit, by itself too, with the clock that runs; and the way to answer. */
export function Disputes({ form, period, unit }: { form: Form; period: string; unit: string }) {
  const { t } = useTranslation();
  const disputes = useQuery({ ...askReporting.disputes({ unit, form: form.id, period }), retry: false });
  if (disputes.isError) return <Wrong error={disputes.error} onRetry={() => void disputes.refetch()} />;
  if (!disputes.data || disputes.data.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="disputes-heading">
      <h2 id="disputes-heading">{t('feedback.disputes', { count: disputes.data.length })}</h2>
      <ol className="disputes">{disputes.data.map((d) => <One key={d.id} dispute={d} form={form} />)}</ol>
    </section>
  );
}

function One({ dispute: d, form }: { dispute: Dispute; form: Form }) {
  const { t } = useTranslation();
  const names = useNames();
  const queries = useQueryClient();
  const { figure } = useFigures();
  const { moment } = useMoments();
  const { now } = useClock();
  const { span } = useSpans();
  const [reason, setReason] = useState('');
  const indicator = form.indicators.find((i) => i.code === d.indicator);
  const running = d.state === 'OPEN' || d.state === 'OVERDUE';
  const left = d.answerBy.at ? new Date(d.answerBy.at).getTime() - now().getTime() : null;
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['reporting'] });
  const answer = useMutation({ mutationFn: (decision: 'UPHELD' | 'REJECTED') => reporting.answerDispute(d.id, decision, reason.trim()), onSuccess });
  const withdraw = useMutation({ mutationFn: () => reporting.withdrawDispute(d.id), onSuccess });
  const busy = answer.isPending || withdraw.isPending;
  return (
    <li className="dispute">
      <div className="line1">
        <b>{names.unit(d.unit)} · {indicator ? names.title(indicator.title) : d.indicator}</b>
        <Mark tone={TONES[d.state]} text={t(`disputeState.${d.state}`)} />
      </div>
      <p>{indicator ? t('feedback.heldShould', { held: figure(indicator, d.held), should: figure(indicator, d.value) }) : ''}</p>
      <p>{d.reason} <span className="small">{d.who} · {moment(d.at)}</span></p>
      {running && d.answerBy.at && left !== null && (
        <p className={left < 0 ? 'clock over' : 'clock'}>{left >= 0 ? t('feedback.clock', { unit: names.unit(d.answerer), at: moment(d.answerBy.at), left: span(left) })
          : t('feedback.clockOver', { unit: names.unit(d.answerer), at: moment(d.answerBy.at), over: span(-left) })}</p>
      )}
      {d.decision && <p className="small">{[t(`disputeState.${d.decision.kind}`), d.decision.reason, d.decision.who, moment(d.decision.at)].filter(Boolean).join(' · ')}</p>}
      {d.settledAt && <p className="small">{t('feedback.settled', { at: moment(d.settledAt) })}</p>}
      {running && (
        <div className="rowform">
          <label><span>{t('feedback.answerReason', { unit: names.unit(d.answerer) })}</span><input value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} /></label>
          <Button disabled={reason.trim() === '' || busy} onClick={() => answer.mutate('UPHELD')}>{t('feedback.uphold')}</Button>
          <Button disabled={reason.trim() === '' || busy} onClick={() => answer.mutate('REJECTED')}>{t('feedback.reject')}</Button>
          <Button type="text" disabled={busy} onClick={() => withdraw.mutate()}>{t('feedback.withdraw')}</Button>
        </div>
      )}
      {(answer.isError || withdraw.isError) && <Wrong error={answer.error ?? withdraw.error} />}
    </li>
  );
}
