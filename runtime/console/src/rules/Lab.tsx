import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type RuleDecision, type RuleDetail, type Trial } from '../api/client';
import { ask } from '../api/queries';
import { Choice } from '../parts/Choice';
import { useClock } from '../parts/clock';
import type { Json } from '../parts/formats/json';
import { JsonView } from '../parts/formats/JsonView';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { Findings } from './Findings';
import { changesOf, coverage, readInputs, wayOf } from './lab';
import { TableView } from './TableView';

const here = getRouteApi('/rules/$plugin/$name');
const NEW = 'new';

/** Where a rule is tried on an input, pasted or recorded, without anything coming of it. */
export function Lab({ detail }: { detail: RuleDetail }) {
  const { t } = useTranslation();
  const { from, record } = here.useSearch();
  const params = here.useParams();
  const navigate = useNavigate();
  const { time } = useClock();
  const decisions = useQuery(ask.ruleDecisions(detail.rule.id));
  const kept = decisions.data?.filter((d) => d.input) ?? [];
  const recorded = kept.find((d) => d.number === from);
  const stored = useQuery({ ...ask.payload(record ?? ''), enabled: record !== undefined });

  const to = (search: { from?: number; record?: string }) => void navigate({
    to: '/rules/$plugin/$name', params, search: { tab: 'lab', ...search }, replace: true,
  });
  const initial = recorded?.input ?? (record ? stored.data?.body : undefined) ?? detail.model.example;

  return (
    <>
      <section className="panel" aria-labelledby="lab-heading">
        <h2 id="lab-heading">{t('rules.labHeading')}</h2>
        <p className="small">{t('rules.labHint')}</p>
        <div className="rowform labform">
          <Choice label={t('rules.recorded')} value={recorded ? String(recorded.number) : NEW}
            options={[{ value: NEW, label: t('rules.ownInput') }, ...kept.map((d) => ({ value: String(d.number), label: `${time(d.at)} · ${wayOf(d)}` }))]}
            onChange={(chosen) => to(chosen === NEW ? {} : { from: Number(chosen) })} />
          <RecordId key={record} value={record ?? ''} onChoose={(id) => to(id ? { record: id } : {})} />
        </div>
        {from !== undefined && decisions.data && !recorded && <Alert type="warning" showIcon title={t('rules.forgotten', { number: from })} />}
        {stored.isError && record && <Wrong error={stored.error} />}
        <Bench key={`${from} ${record} ${recorded?.number} ${stored.dataUpdatedAt}`} detail={detail} recorded={recorded} initial={initial} />
      </section>
      <Findings detail={detail} />
    </>
  );
}

function RecordId({ value, onChoose }: { value: string; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const [id, setId] = useState(value);
  return (
    <form className="recordid" onSubmit={(e) => {
      e.preventDefault();
      onChoose(id.trim());
    }}>
      <label><span>{t('rules.ofRecord')}</span><Input size="small" value={id} onChange={(e) => setId(e.target.value)} /></label>
      <Button size="small" htmlType="submit" disabled={id.trim() === value}>{t('rules.take')}</Button>
    </form>
  );
}

type BenchProps = { detail: RuleDetail; recorded: RuleDecision | undefined; initial: object };

function Bench({ detail, recorded, initial }: BenchProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(initial, null, 2));
  const [decision, setDecision] = useState('');
  const read = readInputs(text);
  const trial = useMutation({
    mutationFn: () => {
      if (!('inputs' in read)) throw new Error('unreadable');
      const [first] = read.inputs;
      return recorded && read.inputs.length === 1
        ? api.tryRuleAgain(detail.rule.id, recorded.number, changesOf(recorded.input as Record<string, unknown>, first!))
        : api.tryRule(detail.rule.id, read.inputs, decision || null);
    },
  });
  const run = trial.mutate;
  useEffect(() => {
    if (recorded) run();
  }, [recorded, run]);
  const inputs = detail.model.elements.filter((e) => e.kind === 'INPUT');

  return (
    <form className="bench" onSubmit={(e) => {
      e.preventDefault();
      if ('inputs' in read) run();
    }}>
      <label className="editor">
        <span className="small">{recorded ? t('rules.maskedHint') : t('rules.inputHint')}</span>
        <textarea value={text} rows={Math.min(22, Math.max(8, text.split('\n').length + 1))} spellCheck={false} autoComplete="off"
          aria-invalid={!('inputs' in read)} aria-describedby="lab-wrong" onChange={(e) => setText(e.target.value)}
          onKeyDown={(e) => {
            if (e.key === 'Enter' && (e.ctrlKey || e.metaKey) && 'inputs' in read) run();
          }} />
      </label>
      <p id="lab-wrong" className="cause" role="status">{'line' in read ? t('rules.notJson', { line: read.line }) : ''}</p>
      <p className="small">{t('rules.types', { list: inputs.map((i) => `${i.name}: ${i.type ?? '?'}${i.optional ? '?' : ''}`).join(', ') })}</p>
      <div className="acts">
        {!recorded && detail.rule.decisions.length > 1 && (
          <Choice label={t('rules.onlyDecision')} value={decision} options={[{ value: '', label: t('rules.allDecisions') }, ...detail.rule.decisions.map((d) => ({ value: d, label: d }))]} onChange={setDecision} />
        )}
        <Button type="primary" htmlType="submit" loading={trial.isPending} disabled={!('inputs' in read)}>{t('rules.evaluate')}</Button>
      </div>
      {trial.isError && <Wrong error={trial.error} />}
      {trial.data && <Results results={trial.data} detail={detail} />}
    </form>
  );
}

function Results({ results, detail }: { results: Trial[]; detail: RuleDetail }) {
  const { t } = useTranslation();
  return (
    <div className="results" aria-live="polite">
      <Summary results={results} />
      {results.map((r, i) => (results.length === 1 ? <Result key={i} result={r} detail={detail} />
        : <details key={i}><summary>{t('rules.inputN', { number: i + 1 })} <Outcome result={r} /></summary><Result result={r} detail={detail} /></details>))}
    </div>
  );
}

function Outcome({ result }: { result: Trial }) {
  const text = result.refused ? result.refused.code : JSON.stringify(result.outputs);
  return <code>{text.length > 120 ? `${text.slice(0, 120)}…` : text}</code>;
}

/** Gaps and overlaps that these inputs met. */
function Summary({ results }: { results: Trial[] }) {
  const { t } = useTranslation();
  const many = results.length > 1;
  return (
    <ul className="summary">
      {coverage(results).map((c) => (
        <li key={c.table} className={`box ${c.unmatched.length > 0 ? 'warn' : ''}`}>
          <b>{c.table}</b>
          {c.unmatched.length > 0 && <div>{many ? t('rules.gapsMet', { list: c.unmatched.join(', ') }) : t('rules.gapMet')}</div>}
          {c.several.length > 0 && <div>{many ? t('rules.overlapsMet', { list: c.several.join(', ') }) : t('rules.overlapMet')}</div>}
          {many && c.never.length > 0 && <div>{t('rules.neverMet', { list: c.never.join(', ') })}</div>}
          {c.unmatched.length === 0 && c.several.length === 0 && <div>{many ? t('rules.oneEach') : t('rules.oneRow')}</div>}
        </li>
      ))}
    </ul>
  );
}

function Result({ result, detail }: { result: Trial; detail: RuleDetail }) {
  const { t } = useTranslation();
  const { span } = useSpans();
  const tables = detail.model.elements.flatMap((e) => e.logic).map((l) => l.table).filter((table) => table !== null);
  return (
    <>
      {result.refused && <Alert type="error" showIcon role="alert" title={result.refused.message} description={<code>{result.refused.code}</code>} />}
      {result.outputs && <><h3>{t('rules.output')} · {span(result.micros / 1000)}</h3><JsonView value={result.outputs as Json} /></>}
      {result.tables.map((tried, i) => {
        const table = tables.find((one) => one.name === tried.table);
        return table && <div key={i} className="logic"><h3>{tried.table}</h3><TableView table={table} tried={tried} /></div>;
      })}
    </>
  );
}
