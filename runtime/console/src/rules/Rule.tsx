import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RuleDetail, RuleElement } from '../api/client';
import { ask, useNames } from '../api/queries';
import { BackLink } from '../parts/BackLink';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { useSpans } from '../parts/spans';
import { useTitle } from '../parts/title';
import { Wrong } from '../parts/Wrong';
import '../plugins/plugins.css';
import { SITE } from '../plugins/site';
import { RULE_TABS } from '../router';
import { Decisions } from './Decisions';
import { FeelText } from './Feel';
import { Findings } from './Findings';
import { GraphView, placeOf } from './GraphView';
import { Lab } from './Lab';
import './rules.css';
import { Policy, TableView } from './TableView';

const here = getRouteApi('/rules/$plugin/$name');

/** One rule: what it says, what it decided, and what it would decide. */
export function Rule() {
  const { t } = useTranslation();
  const { plugin, name } = here.useParams();
  const { tab = 'table' } = here.useSearch();
  const id = `${plugin}/${name}`;
  const rule = useQuery(ask.rule(id));

  return (
    <div className="page">
      <BackLink to="/rules" />
      {rule.isError && <Wrong error={rule.error} onRetry={() => void rule.refetch()} />}
      {rule.isPending && !rule.isError && <Loading />}
      {rule.data && (
        <>
          <Head detail={rule.data} />
          <nav className="tabs" aria-label={t('rules.parts')}>
            {RULE_TABS.map((one) => (
              <Link key={one} to="/rules/$plugin/$name" params={{ plugin, name }} search={one === 'table' ? {} : { tab: one }} replace
                className={one === tab ? 'here' : undefined} aria-current={one === tab ? 'page' : undefined}>{t(`rules.tab.${one}`)}</Link>
            ))}
          </nav>
          {tab === 'table' && <Logic detail={rule.data} />}
          {tab === 'decisions' && <Decisions detail={rule.data} />}
          {tab === 'lab' && <Lab key={id} detail={rule.data} />}
        </>
      )}
    </div>
  );
}

function Head({ detail: { rule, place } }: { detail: RuleDetail }) {
  const { t } = useTranslation();
  const names = useNames();
  const { time } = useClock();
  const { number } = useSpans();
  useTitle(names.title(rule.title));
  return (
    <section className="panel" aria-labelledby="rule-heading">
      <div className="headline"><h1 id="rule-heading">{names.title(rule.title)}</h1></div>
      <dl className="facts">
        <div><dt>{t('rules.id')}</dt><dd>{rule.id}</dd></div>
        <div><dt>{t('record.plugin')}</dt><dd>{rule.plugin === SITE ? t('rules.site') : <Link to="/plugins/$id" params={{ id: rule.plugin }}>{names.plugin(rule.plugin)}</Link>}</dd></div>
        <div><dt>{t('rules.file')}</dt><dd><code>{place}</code></dd></div>
        <div><dt>{t('rules.decided')}</dt><dd>{number(rule.decided)}{rule.refused > 0 && <span className="cause"> · {t('rules.refusedCount', { count: rule.refused })}</span>}</dd></div>
        <div><dt>{t('rules.since')}</dt><dd>{time(rule.since)}</dd></div>
      </dl>
    </section>
  );
}

function Logic({ detail }: { detail: RuleDetail }) {
  const { t } = useTranslation();
  const { elements } = detail.model;
  const inputs = elements.filter((e) => e.kind === 'INPUT');
  const rest = elements.filter((e) => e.kind !== 'INPUT');
  return (
    <>
      <Findings detail={detail} />
      {rest.map((e) => <Element key={e.name} element={e} detail={detail} />)}
      <section className="panel" aria-labelledby="inputs-heading">
        <h2 id="inputs-heading">{t('rules.inputs')}</h2>
        <Inputs inputs={inputs} />
      </section>
      {elements.length > 2 && (
        <section className="panel" aria-labelledby="graph-heading">
          <h2 id="graph-heading">{t('rules.graph')}</h2>
          <GraphView elements={elements} />
        </section>
      )}
    </>
  );
}

function Inputs({ inputs }: { inputs: RuleElement[] }) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <ul className="lines">
      {inputs.map((i) => (
        <li key={i.name} id={placeOf(i)}>
          <div className="grow"><b>{names.title(i.title)}</b>{names.title(i.title) !== i.name && <> <code>{i.name}</code></>}{i.description && <div className="small">{i.description}</div>}</div>
          <span className="small"><code>{i.type}</code>{i.optional && ` · ${t('rules.optional')}`}</span>
        </li>
      ))}
    </ul>
  );
}

function Element({ element, detail }: { element: RuleElement; detail: RuleDetail }) {
  const { t } = useTranslation();
  const names = useNames();
  const title = names.title(element.title);
  const needs = element.needs.map((name) => detail.model.elements.find((e) => e.name === name)).filter((e) => e !== undefined).map((e) => names.title(e.title));
  return (
    <section className="panel" id={placeOf(element)} aria-label={title}>
      <div className="head">
        <h2>{title}{title !== element.name && <> <code>{element.name}</code></>}</h2>
        <span className="small">{t(`rules.kind.${element.kind}`)}{element.type && <> · <code>{element.type}</code></>}</span>
      </div>
      {element.description && <p>{element.description}</p>}
      {needs.length > 0 && <p className="small">{t('rules.needs', { names: needs.join(t('rules.list')) })}</p>}
      {element.logic.map((l, i) => (
        <div key={i} className="logic">
          {l.name && <h3>{l.name}</h3>}
          {l.table && <><p className="policy"><Policy policy={l.table.hitPolicy} /></p><TableView table={l.table} counts={detail.rows[l.table.name]} /></>}
          {l.text !== null && <FeelText text={l.text} />}
        </div>
      ))}
    </section>
  );
}
