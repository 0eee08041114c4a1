import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../api/client';
import { ask, useNames } from '../api/queries';
import { Loading } from '../parts/Loading';
import { Mark } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { SITE } from '../plugins/site';
import './rules.css';

/** Everything that is decided by a table or an expression, and how often. */
export function Rules() {
  const { t } = useTranslation();
  const rules = useQuery(ask.rules());
  return (
    <div className="page">
      <div className="head"><h1>{t('nav.rules')}</h1></div>
      {rules.isError && <Wrong error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.isPending && !rules.isError && <Loading />}
      {rules.data?.length === 0 && <section className="panel"><p className="empty">{t('rules.empty')}</p></section>}
      <ul className="tiles">{rules.data?.map((r) => <li key={r.id}><Tile rule={r} /></li>)}</ul>
    </div>
  );
}

function Tile({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const names = useNames();
  const { number } = useSpans();
  const [plugin = '', name = ''] = rule.id.split('/');
  return (
    <section className="panel tile">
      <div className="line1">
        <h2><Link to="/rules/$plugin/$name" params={{ plugin, name }} className="cover">{names.title(rule.title)}</Link></h2>
        {rule.findings > 0 && <Mark tone="warn" text={t('rules.findingCount', { count: rule.findings })} />}
      </div>
      <p className="small">{rule.id} · {rule.plugin === SITE ? t('rules.site') : names.plugin(rule.plugin)}</p>
      <p>{[rule.tables > 0 && t('rules.tableCount', { count: rule.tables }), t('rules.decisionCount', { count: rule.decisions.length })].filter(Boolean).join(' · ')}</p>
      <p className="small">{rule.decided + rule.refused === 0 ? t('rules.notAsked') : t('rules.asked', { n: number(rule.decided) })}</p>
      {rule.refused > 0 && <p className="cause">{t('rules.refusedCount', { count: rule.refused })}</p>}
    </section>
  );
}
