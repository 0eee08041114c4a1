import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RuleDecision, RuleDetail } from '../api/client';
import { ask, useNames } from '../api/queries';
import { Choice } from '../parts/Choice';
import { useClock } from '../parts/clock';
import type { Json } from '../parts/formats/json';
import { JsonView } from '../parts/formats/JsonView';
import { Loading } from '../parts/Loading';
import { Mark } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { SITE } from '../plugins/site';
import { Then, When } from './Feel';
import { wayOf } from './lab';

const here = getRouteApi('/rules/$plugin/$name');

/** What the rule was asked lately and said, with the rows that counted. */
export function Decisions({ detail }: { detail: RuleDetail }) {
  const { t } = useTranslation();
  const { way = '' } = here.useSearch();
  const params = here.useParams();
  const navigate = useNavigate();
  const decisions = useQuery(ask.ruleDecisions(detail.rule.id));
  const list = decisions.data ?? [];
  const ways = [...new Set(list.map(wayOf))].sort();
  const shown = way ? list.filter((d) => wayOf(d) === way) : list;

  if (decisions.isError) return <Wrong error={decisions.error} onRetry={() => void decisions.refetch()} />;
  if (!decisions.data) return <Loading />;
  return (
    <section className="panel" aria-labelledby="decisions-heading">
      <div className="head">
        <h2 id="decisions-heading">{t('rules.tab.decisions')}</h2>
        {ways.length > 1 && (
          <Choice label={t('rules.way')} value={ways.includes(way) ? way : ''} options={[{ value: '', label: t('rules.allWays') }, ...ways.map((w) => ({ value: w, label: w }))]}
            onChange={(next) => void navigate({ to: '/rules/$plugin/$name', params, search: { tab: 'decisions', way: next || undefined }, replace: true })} />
        )}
      </div>
      <p className="small">{t('rules.sampled')}</p>
      {list.length === 0 ? <p className="empty">{t('rules.noDecisions')}</p>
        : <ul className="lines decisions">{shown.map((d) => <li key={d.number}><Line decision={d} detail={detail} /></li>)}</ul>}
    </section>
  );
}

function Line({ decision: d, detail }: { decision: RuleDecision; detail: RuleDetail }) {
  const { t } = useTranslation();
  const names = useNames();
  const { time } = useClock();
  const { span } = useSpans();
  const params = here.useParams();
  const owner = d.owner === SITE ? t('record.site') : d.owner && names.plugin(d.owner);

  return (
    <details>
      <summary>
        <time dateTime={d.at}>{time(d.at)}</time>
        {d.refused ? <Mark tone="bad" text={t('rules.refused')} /> : <Fired decision={d} />}
        <span className="said">{d.refused ? d.refused.message : <Said outputs={d.outputs} />}</span>
      </summary>
      <div className="small">
        {[t('rules.number', { number: d.number }), span(d.micros / 1000), owner, d.route].filter(Boolean).join(' · ')}
        {d.flow && <> · <Link to="/records/$id" params={{ id: d.flow }}>{t('rules.record')}</Link></>}
        {d.input && <> · <Link to="/rules/$plugin/$name" params={params} search={{ tab: 'lab', from: d.number }}>{t('rules.tryIt')}</Link></>}
      </div>
      <Why decision={d} detail={detail} />
      <div className="columns even two">
        <div><h3>{t('rules.input')}</h3>{d.input ? <JsonView value={d.input as Json} /> : <p className="small">{t('rules.tooLarge')}</p>}</div>
        {d.outputs && <div><h3>{t('rules.output')}</h3><JsonView value={d.outputs as Json} /></div>}
      </div>
    </details>
  );
}

function Fired({ decision }: { decision: RuleDecision }) {
  const { t } = useTranslation();
  if (decision.fired.length === 0) return null;
  return (
    <span className="fired">
      {decision.fired.map((f, i) => (
        <span key={i} title={f.table}>{f.chosen.length > 0 ? t('rules.rowsOf', { rows: f.chosen.join(', ') }) : t('rules.noRow')}</span>
      ))}
    </span>
  );
}

function Said({ outputs }: { outputs: RuleDecision['outputs'] }) {
  const text = JSON.stringify(outputs);
  return <code>{text && text.length > 160 ? `${text.slice(0, 160)}…` : text}</code>;
}

/** The rows that counted with the conditions that they stand on, in the words of the table; and those that matched but did not count. */
function Why({ decision, detail }: { decision: RuleDecision; detail: RuleDetail }) {
  const { t } = useTranslation();
  const names = useNames();
  const tables = detail.model.elements.flatMap((e) => e.logic).map((l) => l.table).filter((table) => table !== null);
  return (
    <ul className="why">
      {decision.fired.map((f, i) => {
        const table = tables.find((one) => one.name === f.table);
        const notes = table ? f.chosen.map((row) => table.rows[row - 1]?.note).filter(Boolean) : [];
        const beaten = f.matched.filter((row) => !f.chosen.includes(row));
        return (
          <li key={i}>
            <b>{f.table}</b>: {f.chosen.length > 0 ? t('rules.rowsOf', { rows: f.chosen.join(', ') }) : t('rules.noRow')}
            {notes.length > 0 && <> · {notes.join(t('rules.list'))}</>}
            {table && f.chosen.map((row) => {
              const { when = [], then = [] } = table.rows[row - 1] ?? {};
              return (
                <div key={row} className="because">
                  {f.chosen.length > 1 && <b>{t('rules.rowN', { row })}</b>}
                  {when.map((cell, c) => cell !== '-' && <span key={c}>{names.title(table.inputs[c]!.title)} <b><When text={cell} /></b></span>)}
                  {then.map((cell, c) => <span key={c} className="then">→ {names.title(table.outputs[c]!.title)} <b><Then text={cell} /></b></span>)}
                </div>
              );
            })}
            {beaten.length > 0 && <span className="small"> · {t('rules.beaten', { rows: beaten.join(', ') })}</span>}
          </li>
        );
      })}
    </ul>
  );
}
