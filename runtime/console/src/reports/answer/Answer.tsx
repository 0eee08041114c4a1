import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, type Form } from '../../api/client';
import { askReporting, reporting, type AnswerKey, type SubmissionDetail } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { useClock } from '../../parts/clock';
import { Loading } from '../../parts/Loading';
import { Mark } from '../../parts/Mark';
import { useTitle } from '../../parts/title';
import { Wrong } from '../../parts/Wrong';
import { ANSWER_TABS } from '../../router';
import { FailureList } from '../failures';
import { Path } from '../Path';
import { PeriodPicker } from '../PeriodPicker';
import { readPeriod } from '../periods';
import { StandMark } from '../stands';
import { useMoments } from '../moments';
import { FileTab } from './FileTab';
import { History } from './History';
import { Returned } from './Returned';
import { Sheet } from './Sheet';
import { before, computed, useSurroundings } from './surroundings';
import { sentOf } from './typing';
import { useDraft, type Keeping } from './useDraft';
import '../reports.css';
import './answer.css';

const here = getRouteApi('/reports/$form/$period/answer/$unit');

/** A unit's answer for a period: filled in here or in a workbook, with its versions and what reviewers said. */
export function Answer() {
  const { t } = useTranslation();
  const names = useNames();
  const { form: id, period: text, unit } = here.useParams();
  const { tab = 'form' } = here.useSearch();
  const navigate = here.useNavigate();
  const key: AnswerKey = { form: id, period: text, unit };
  const table = useQuery(askReporting.table(id, text, unit));
  const answer = useQuery(askReporting.answer(key));
  const period = readPeriod(text);
  const { moment } = useMoments();
  const form = table.data?.form;
  const standing = answer.data?.standing;
  const failed = table.error ?? answer.error;
  useTitle(form && `${names.title(form.title)} ${text} ${names.unit(unit)}`);

  return (
    <div className="page answer-page">
      <Link to="/reports/$form/$period" params={{ form: id, period: text }} search={{ unit }} className="back">
        <svg viewBox="0 0 16 16" width="14" height="14" className="line" aria-hidden="true"><path d="M10 3 5 8l5 5" /></svg>{t('answer.toTable')}
      </Link>
      <section className="panel" aria-labelledby="answer-heading">
        <div className="headline">
          <h1 id="answer-heading">{form ? names.title(form.title) : id}</h1>
          {standing && <StandMark standing={standing} />}
        </div>
        {period && (
          <PeriodPicker period={period} kinds={[period.kind]}
            onChange={(to) => void navigate({ to: '/reports/$form/$period/answer/$unit', params: { form: id, period: to.text, unit }, search: { tab } })} />
        )}
        <Path unit={unit} link={(u, name) => <Link to="/reports/$form/$period" params={{ form: id, period: text }} search={{ unit: u.code }}>{name}</Link>} />
        {standing && (
          <p className="small due">
            {standing.due.at ? t('answer.due', { at: moment(standing.due.at) }) : standing.due.unknown ? standing.due.unknown.message : t('answer.noDeadline')}
            {standing.waitsFor && <> · {t('answer.waitsFor', { unit: names.unit(standing.waitsFor) })}</>}
          </p>
        )}
      </section>
      {failed && <Wrong error={failed} onRetry={() => void Promise.all([table.refetch(), answer.refetch()])} />}
      {!failed && (!form || !answer.data) && <Loading />}
      {form && answer.data && !failed && (
        standing === null && !form.respondents.includes(unit) ? <section className="panel"><p className="empty">{t('reports.notAsked')}</p></section> : (
          <>
            <Returned detail={answer.data} form={form} />
            <nav className="tabs" aria-label={t('answer.tabs')}>
              {ANSWER_TABS.map((name) => (
                <Link key={name} to="/reports/$form/$period/answer/$unit" params={key} search={name === 'form' ? {} : { tab: name }} replace resetScroll={false}
                  className={tab === name ? 'here' : ''} aria-current={tab === name ? 'page' : undefined}>
                  {t(`answerTab.${name}`)}{name === 'history' && answer.data.submissions.length > 0 && ` (${answer.data.submissions.length})`}
                </Link>
              ))}
            </nav>
            {tab === 'form' && <Filling key={`${id} ${text} ${unit}`} answer={key} form={form} detail={answer.data} />}
            {tab === 'file' && <FileTab answer={key} form={form} />}
            {tab === 'history' && <History answer={key} form={form} detail={answer.data} />}
          </>
        )
      )}
    </div>
  );
}

type FillingProps = { answer: AnswerKey; form: Form; detail: SubmissionDetail };

function Filling({ answer, form, detail }: FillingProps) {
  const { t } = useTranslation();
  const names = useNames();
  const queries = useQueryClient();
  const draft = useDraft(answer, form, detail);
  const around = useSurroundings(answer, form);
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const summary = useRef<HTMLElement>(null);
  const handIn = useMutation({
    mutationFn: async () => {
      await draft.settle();
      return reporting.handIn(answer, sentOf(draft.typed, form.indicators), note.trim());
    },
    onSuccess: (taken) => {
      setAsked(false);
      setNote('');
      draft.setFailures(taken.warnings);
      return queries.invalidateQueries({ queryKey: ['reporting'] });
    },
    onError: (error) => {
      setAsked(true);
      if (error instanceof CallError && error.failures) draft.setFailures(error.failures);
      void draft.keep();
    },
  });
  useEffect(() => {
    if (handIn.isError) summary.current?.focus();
  }, [handIn.isError, handIn.failureReason]);

  // that a cell is empty is no news to somebody who has just begun
  const shown = asked ? draft.failures : draft.failures.filter((f) => !/^is missing/.test(f.message));
  const whole = shown.filter((f) => f.cell === null);
  const failures = handIn.error instanceof CallError ? handIn.error.failures : undefined;
  const titleOf = (code: string) => {
    const found = form.indicators.find((i) => i.code === code);
    return found ? names.title(found.title) : code;
  };
  const newest = detail.submissions[0];
  const reasons = detail.standing?.state === 'RETURNED' ? detail.reviews.filter((r) => !r.accepted && r.version === newest?.version).flatMap((r) => r.reasons) : [];

  return (
    <>
      {handIn.isError && (
        <section ref={summary} tabIndex={-1} className="box bad" role="alert" aria-label={t('answer.refused')}>
          <h2>{t('answer.refused')}</h2>
          {failures ? <FailureList failures={failures.filter((f) => f.hard)} titleOf={titleOf} /> : <Wrong error={handIn.error} />}
        </section>
      )}
      {!handIn.isError && whole.length > 0 && <section className="box warn" aria-label={t('answer.wholeFailures')}><FailureList failures={whole} titleOf={titleOf} /></section>}
      <Sheet form={form} typed={draft.typed} made={computed(form, draft.typed, around)} previous={around.previous} previousPeriod={before(answer.period)}
        failures={shown} reasons={reasons} onType={draft.type} />
      <section className="panel handing" aria-label={t('answer.handIn')}>
        <div className="foot">
          <label className="note"><span className="small">{t('answer.note')}</span><Input value={note} maxLength={500} onChange={(e) => setNote(e.target.value)} /></label>
          <span className="kept-room">
            {handIn.isSuccess && draft.keeping.state === 'idle' ? <span role="status"><Mark tone="good" text={t('answer.handedIn', { version: handIn.data.version })} /></span> : <KeptMark keeping={draft.keeping} />}
          </span>
          <Button type="primary" loading={handIn.isPending} onClick={() => handIn.mutate()}>{newest ? t('answer.handInAgain') : t('answer.handIn')}</Button>
        </div>
      </section>
    </>
  );
}

function KeptMark({ keeping }: { keeping: Keeping }) {
  const { t } = useTranslation();
  const { time } = useClock();
  if (keeping.state === 'lost') return <Wrong error={keeping.error} />;
  return (
    <span className="small kept" role="status">
      {keeping.state === 'waiting' ? t('answer.keeping') : keeping.state === 'kept' && keeping.at ? t('answer.kept', { at: time(keeping.at) }) : ''}
    </span>
  );
}
