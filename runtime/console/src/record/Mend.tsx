import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useBlocker } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, CallError, type FlowDetail } from '../api/client';
import { ask, useNames } from '../api/queries';
import { Choice } from '../parts/Choice';
import { Loading } from '../parts/Loading';
import { Mark, toneOfFlow } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { useCure } from '../trouble/cures';
import { useCauseText } from '../trouble/causes';
import { Why } from '../trouble/Why';
import { textOf } from '../parts/formats/detect';
import { placesIn } from '../parts/formats/places';
import { base64, bytesOf, CHARSETS, charsetOf, declaredUtf8, lineEndOf, withLineEnd, type Charset } from './content';
import { DryRunView } from './DryRunView';
import { SHORTEST } from './ReasonDialog';
import './record.css';

const TextDiff = lazy(() => import('../parts/TextDiff'));
const here = getRouteApi('/records/$id/mend');
/** So much is shown to be edited; a longer message is corrected outside, and goes in as a file. */
const MOST = 4 * 1024 * 1024;
const MOST_OF_FILE = 8 * 1024 * 1024;

/** A refused message is opened with a reason, mended beside what came, tried, and let in; what was refused stays as it is. */
export function Mend() {
  const { t } = useTranslation();
  const { id } = here.useParams();
  const record = useQuery(ask.record(id));

  return (
    <div className="page mend-page">
      <Link to="/records/$id" params={{ id }} className="back">
        <svg viewBox="0 0 16 16" width="14" height="14" className="line" aria-hidden="true"><path d="M10 3 5 8l5 5" /></svg>
        {t('mend.back')}
      </Link>
      {!record.data ? (record.isError ? <Wrong error={record.error} onRetry={() => void record.refetch()} /> : <Loading />) : <Desk detail={record.data} />}
    </div>
  );
}

function Desk({ detail: { flow } }: { detail: FlowDetail }) {
  const { t } = useTranslation();
  const cure = useCure();
  const payloads = useQuery(ask.payloads(flow.id));
  const arrival = payloads.data?.find((p) => p.at === 'arrival' && p.kept);
  const [reason, setReason] = useState('');
  const opened = useMutation({ mutationFn: () => api.unmask(flow.id, arrival!.index, reason.trim(), MOST) });
  const bytes = opened.data ? bytesOf(opened.data) : null;

  return (
    <>
      <section className="panel" aria-labelledby="mend-heading">
        <div className="headline">
          <h1 id="mend-heading">{t('mend.title')}</h1>
          <Mark tone={toneOfFlow(flow.status)} text={t(`flowStatus.${flow.status}`)} />
        </div>
        {flow.cause && (
          <div className={flow.status === 'REFUSED' ? 'trouble' : 'trouble past'}>
            <p className="what"><Why flow={flow} /></p>
            {flow.status === 'REFUSED' && <p className="cure-line">{cure(flow)}</p>}
          </div>
        )}
        {flow.status !== 'REFUSED' && !bytes && <p className="empty">{t('mend.notRefused')}</p>}
        {payloads.isError && <Wrong error={payloads.error} onRetry={() => void payloads.refetch()} />}
        {flow.status === 'REFUSED' && payloads.data && !arrival && <p className="empty">{t('mend.noMessage')}</p>}
        {flow.status === 'REFUSED' && arrival && !bytes && (
          <form className="rowform" onSubmit={(e) => {
            e.preventDefault();
            if (reason.trim().length >= SHORTEST) opened.mutate();
          }}>
            <label><span>{t('mend.reason', { count: SHORTEST })}</span><Input value={reason} maxLength={500} autoFocus onChange={(e) => setReason(e.target.value)} /></label>
            <Button type="primary" htmlType="submit" disabled={reason.trim().length < SHORTEST} loading={opened.isPending}>{t('mend.open')}</Button>
          </form>
        )}
        {opened.isError && <Wrong error={opened.error} />}
      </section>
      {bytes && <Bench id={flow.id} bytes={opened.data!.truncated || textOf(bytes) === null ? null : bytes} tooLong={opened.data!.truncated} lines={[...placesIn(flow.cause).lines].slice(0, 8)} reason={reason.trim()} />}
    </>
  );
}

type BenchProps = {
  id: string;
  /** What came; null when it can't be edited here: a workbook, or too long. */
  bytes: Uint8Array | null;
  tooLong: boolean;
  /** That the cause names. */
  lines: number[];
  reason: string;
};

function Bench({ id, bytes, tooLong, lines, reason }: BenchProps) {
  const { t } = useTranslation();
  const names = useNames();
  const { size } = useSpans();
  const say = useCauseText();
  const [charset, setCharset] = useState<Charset>(() => (bytes ? charsetOf(bytes) : 'utf-8'));
  const original = bytes ? new TextDecoder(charset).decode(bytes) : '';
  const [text, setText] = useState<string>(original);
  const [at, setAt] = useState<{ line: number } | undefined>();
  const [file, setFile] = useState<{ name: string; bytes: Uint8Array } | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const mended = () => (file ? { base64: base64(file.bytes) } : { text: withLineEnd(text, lineEndOf(original)) });
  const dryRun = useMutation({ mutationFn: () => api.dryRun({ id, ...mended(), version: 'current' }) });
  const send = useMutation({ mutationFn: () => api.mend(id, { ...mended(), reason }) });
  const take = useMutation({
    mutationFn: async (picked: File) => {
      if (picked.size > MOST_OF_FILE) throw new Error(t('mend.fileTooLarge', { mib: MOST_OF_FILE >> 20 }));
      return { name: picked.name, bytes: new Uint8Array(await picked.arrayBuffer()) };
    },
    onSuccess: setFile,
  });
  const came = useQuery({ ...ask.children(id), enabled: send.isSuccess }); // asked for again when the hub tells of new flows
  const edited = bytes !== null && file === null;
  const utf8 = edited ? declaredUtf8(text) : null;
  const other = edited && charset !== 'utf-8';
  const again = send.error instanceof CallError && send.error.problem?.status === 422;
  const empty = file ? file.bytes.length === 0 : text === '';
  const begun = !send.isSuccess && (file !== null || withLineEnd(text, '\n') !== withLineEnd(original, '\n'));
  useBlocker({ shouldBlockFn: () => begun && !window.confirm(t('mend.leave')), enableBeforeUnload: () => begun });

  if (send.isSuccess) {
    return (
      <section className="panel" aria-labelledby="sent-heading">
        <h2 id="sent-heading" role="status">{t('mend.sent')}</h2>
        <p>{t('mend.sentText')}</p>
        {came.data && came.data.records.length > 0 ? (
          <ul className="lines">
            {came.data.records.map((flow) => (
              <li key={flow.id}>
                <Mark tone={toneOfFlow(flow.status)} text={t(`flowStatus.${flow.status}`)} />
                <Link to="/records/$id" params={{ id: flow.id }} className="title">{flow.contract ? names.contract(flow.contract) : t('records.noContract')}</Link>
                {flow.key && <span className="key">{flow.key}</span>}
              </li>
            ))}
          </ul>
        ) : <p className="small">{t('mend.waiting')}</p>}
      </section>
    );
  }
  return (
    <section className="panel" aria-labelledby="bench-heading">
      <div className="head">
        <h2 id="bench-heading">{t('mend.bench')}</h2>
        {edited && (
          <Choice label={t('mend.charset')} value={charset} onChange={(next) => {
            setCharset(next);
            setText(new TextDecoder(next).decode(bytes));
          }} options={CHARSETS.map((value) => ({ value, label: value.toUpperCase() }))} />
        )}
        <input ref={picker} type="file" hidden tabIndex={-1} data-testid="mended-file" aria-label={t('mend.useFile')} onChange={(e) => {
          const picked = e.target.files?.[0];
          if (picked) take.mutate(picked);
          e.target.value = '';
        }} />
        <Button onClick={() => picker.current?.click()}>{t('mend.useFile')}</Button>
      </div>
      {!bytes && !file && <p className="empty">{tooLong ? t('mend.tooLong') : t('mend.notText')}</p>}
      {take.isError && <div className="box bad" role="alert"><p>{take.error.message}</p></div>}
      {file && (
        <div className="box line1">
          <span>{t('mend.file', { name: file.name, size: size(file.bytes.length) })}</span>
          {bytes && <Button size="small" onClick={() => setFile(null)}>{t('mend.editInstead')}</Button>}
        </div>
      )}
      {other && <p className="small">{t('mend.charsetText', { charset: charset.toUpperCase() })}</p>}
      {utf8 !== null && (
        <div className="box warn line1">
          <span>{t('mend.declares')}</span>
          <Button size="small" onClick={() => setText(utf8)}>{t('mend.declareUtf8')}</Button>
        </div>
      )}
      {edited && (
        <Suspense fallback={<Loading />}>
          {lines.length > 0 && (
            <p className="small lines-named">
              {t('mend.lines')}
              {lines.map((line) => <Button key={line} size="small" onClick={() => setAt({ line })}>{t('mend.line', { line })}</Button>)}
            </p>
          )}
          <TextDiff key={charset} at={at} before={withLineEnd(original, '\n')} after={withLineEnd(text, '\n')} beforeLabel={t('mend.original')} afterLabel={t('mend.mended')} onChange={setText} />
        </Suspense>
      )}
      {dryRun.data && <DryRunView result={dryRun.data} />}
      {dryRun.isError && <Wrong error={dryRun.error} />}
      {again && send.error instanceof CallError && (
        <div className="box bad" role="alert">
          <h3>{t('mend.refusedAgain')}</h3>
          <p>{send.error.problem?.place && <code>{send.error.problem.place}</code>} {say({ causeCode: send.error.problem?.code ?? null, cause: send.error.problem?.detail ?? null })}</p>
        </div>
      )}
      {send.isError && !again && <Wrong error={send.error} />}
      <div className="foot">
        <span className="small">{t('mend.foot')}</span>
        <Button loading={dryRun.isPending} disabled={empty} onClick={() => dryRun.mutate()}>{t('dryRun.act')}</Button>
        <Button type="primary" loading={send.isPending} disabled={empty} onClick={() => send.mutate()}>{t('mend.send')}</Button>
      </div>
    </section>
  );
}
