import { useTranslation } from 'react-i18next';
import type { RuleDetail, RuleFinding } from '../api/client';
import { useNames } from '../api/queries';
import { useValue } from './Feel';

const KNOWN = ['table-gap', 'table-overlap', 'table-subsumption-rule', 'table-masked-rule', 'table-misleading-rule', 'table-not-analysed'] as const;

/** What the analysis found at deployment: gaps, overlaps, rows that never count. */
export function Findings({ detail }: { detail: RuleDetail }) {
  const { t } = useTranslation();
  const { findings, elements } = detail.model;
  const tables = elements.some((e) => e.logic.some((l) => l.table));
  if (!tables && findings.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="findings-heading">
      <h2 id="findings-heading">{t('rules.findings')}</h2>
      {findings.length === 0 ? <p className="empty">{t('rules.noFindings')}</p>
        : <ul className="lines">{findings.map((f, i) => <li key={i}><Finding finding={f} detail={detail} /></li>)}</ul>}
    </section>
  );
}

function Finding({ finding, detail }: { finding: RuleFinding; detail: RuleDetail }) {
  const { t } = useTranslation();
  const names = useNames();
  const said = useValue();
  const known = KNOWN.find((k) => k === finding.code);
  const table = detail.model.elements.flatMap((e) => e.logic).find((l) => l.table?.name === finding.table)?.table;
  const owner = detail.model.elements.find((e) => e.logic.some((l) => l.table?.name === finding.table));
  const where = finding.where.flatMap((range, i) => (range === '-' ? [] : [`${table?.inputs[i] ? names.title(table.inputs[i].title) : i + 1} ${said(range)}`]));
  return (
    <div className="grow">
      <div>
        <b>{known ? t(`rules.finding.${known}`) : <code>{finding.code}</code>}</b>
        {finding.table && <> · {owner ? names.title(owner.title) : finding.table}</>}
        {finding.rows.length > 0 && <> · {t('rules.rowsOf', { rows: finding.rows.join(', ') })}</>}
      </div>
      {where.length > 0 && <div>{where.join(t('rules.and'))}</div>}
      {(!known || where.length === 0) && <div className="small">{finding.message}</div>}
      <div className="small">{[finding.place, finding.cure].filter(Boolean).join(' · ')}</div>
    </div>
  );
}
