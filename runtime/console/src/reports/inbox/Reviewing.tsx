import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askReporting, reporting, type AnswerKey, type ReviewReason, type WaitingReview } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Loading } from '../../parts/Loading';
import { Mark } from '../../parts/Mark';
import { Wrong } from '../../parts/Wrong';
import { doorOf } from '../answer/History';
import { before, useNewest } from '../answer/surroundings';
import { FailureList } from '../failures';
import { useMoments } from '../moments';
import { Compared } from './Compared';

type Props = {
  waiting: WaitingReview;
  reviewer: string;
  place: string;
  onStep: (by: 1 | -1) => void;
  canStep: (by: 1 | -1) => boolean;
  onDone: () => void;
};

const USUAL_WORKDAYS = 3;

/** One answer beside its version before and its last period: accepted, or returned with what is wrong with which cell. */
export function Reviewing({ waiting, reviewer, place, onStep, canStep, onDone }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const queries = useQueryClient();
  const { moment } = useMoments();
  const { submission: s } = waiting;
  const key: AnswerKey = { form: waiting.form, period: waiting.period, unit: s.unit };
  const table = useQuery(askReporting.table(key.form, key.period, key.unit));
  const answer = useQuery(askReporting.answer(key));
  const lastPeriod = useNewest(key, before(key.period));
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const [all, setAll] = useState('');
  const [workdays, setWorkdays] = useState(String(USUAL_WORKDAYS));
  const form = table.data?.form;
  const versionBefore = answer.data?.submissions.find((v) => v.version === s.version - 1);

  const given: ReviewReason[] = [
    ...Object.entries(reasons).filter(([, text]) => text.trim() !== '').map(([cell, text]) => ({ cell, text: text.trim() })),
    ...(all.trim() ? [{ cell: null, text: all.trim() }] : []),
  ];
  const days = Number(workdays);
  const daysGood = Number.isInteger(days) && days >= 1 && days <= 60;
  const done = () => {
    onDone();
    return queries.invalidateQueries({ queryKey: ['reporting'] });
  };
  const accept = useMutation({ mutationFn: () => reporting.accept(key, s.version, reviewer), onSuccess: done });
  const giveBack = useMutation({
    mutationFn: () => reporting.giveBack(key, { version: s.version, reviewer, reasons: given, workdays: days }), onSuccess: done,
  });
  const busy = accept.isPending || giveBack.isPending;
  const failed = table.error ?? answer.error;
  const titleOf = (code: string) => {
    const found = form?.indicators.find((i) => i.code === code);
    return found ? names.title(found.title) : code;
  };

  return (
    <>
      <section className="panel" aria-labelledby="reviewing-heading">
        <div className="headline">
          <h2 id="reviewing-heading">{names.unit(s.unit)}</h2>
          <span className="small">{place}</span>
          <div className="acts">
            <Button size="small" disabled={!canStep(-1)} onClick={() => onStep(-1)}>{t('inbox.previous')} <kbd>{'k'}</kbd></Button>
            <Button size="small" disabled={!canStep(1)} onClick={() => onStep(1)}>{t('inbox.next')} <kbd>{'j'}</kbd></Button>
          </div>
        </div>
        <p className="small">
          {[form ? names.title(form.title) : key.form, key.period, t('answer.versionOf', { version: s.version }), moment(s.at), s.by.who ?? t('answer.noName'), t(`answerDoor.${doorOf(s.by.door)}`)].join(' · ')}
          {' '}<Link to="/reports/$form/$period/answer/$unit" params={key} search={{ tab: 'history' }}>{t('inbox.whole')}</Link>
        </p>
        {s.note && <p>{t('inbox.note', { text: s.note })}</p>}
        {s.warnings.length > 0 && <div className="box warn"><h3>{t('inbox.warningsHeading')}</h3><FailureList failures={s.warnings} titleOf={titleOf} /></div>}
        {answer.data?.reviews.filter((r) => r.version < s.version && !r.accepted).slice(-1).map((r) => (
          <div key={r.id} className="box before-this">
            <Mark tone="warn" text={t('inbox.returnedBefore', { unit: names.unit(r.reviewer), version: r.version })} />
            <ul>{r.reasons.map((x, i) => <li key={i}>{[x.cell && titleOf(x.cell), x.text].filter(Boolean).join(': ')}</li>)}</ul>
          </div>
        ))}
      </section>
      {failed && <Wrong error={failed} onRetry={() => void Promise.all([table.refetch(), answer.refetch()])} />}
      {!failed && (!form || !answer.data) ? <Loading /> : form && (
        <Compared form={form} now={s} versionBefore={versionBefore} lastPeriod={lastPeriod} reasons={reasons}
          onReason={(cell, text) => setReasons((r) => {
            const { [cell]: _, ...rest } = r;
            return text === null ? rest : { ...rest, [cell]: text };
          })} />
      )}
      <section className="panel deciding" aria-label={t('inbox.decide')}>
        {(accept.isError || giveBack.isError) && <Wrong error={accept.error ?? giveBack.error} />}
        <div className="rowform">
          <label className="wide"><span>{t('inbox.reasonAll')}</span><input value={all} maxLength={500} onChange={(e) => setAll(e.target.value)} /></label>
          <label><span>{t('inbox.workdays')}</span><input type="number" min={1} max={60} value={workdays} onChange={(e) => setWorkdays(e.target.value)} /></label>
          <Button danger disabled={given.length === 0 || !daysGood || busy} loading={giveBack.isPending} onClick={() => giveBack.mutate()}>{t('inbox.return', { count: given.length })}</Button>
          <Button type="primary" disabled={busy || given.length > 0} loading={accept.isPending} onClick={() => accept.mutate()}>{t('inbox.accept')}</Button>
        </div>
        <p className="small">{given.length > 0 ? t('inbox.returnHint') : t('inbox.acceptHint')}</p>
      </section>
    </>
  );
}
