import { useTranslation } from 'react-i18next';
import type { HubProblem, PlannedChange, PluginPlan } from '../api/client';
import { Mark } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { problemIn } from '../trouble/causes';

const KINDS = ['contracts', 'routes', 'schedules', 'reports', 'rules', 'settings', 'listens', 'consumes', 'publishes', 'imports'] as const;
const SIGNS: Record<PlannedChange['action'], string> = { ADD: '+', CHANGE: '~', REMOVE: '−', KEEP: '=' };

type Props = { plan: PluginPlan; accepted?: ReadonlySet<string>; onAccept?: (id: string, accepted: boolean) => void };

/** What is to be accepted, each once, however many make use of it. */
export function outsideOf(plan: PluginPlan): string[] {
  return [...new Set(plan.outside.map((o) => o.id))];
}

/** What a change would do, or has done: what comes, changes and goes, who notices it, and what stands in its way. */
export function PlanView({ plan, accepted, onAccept }: Props) {
  const { t } = useTranslation();
  const { duration } = useSpans();
  const kept = plan.changes.filter((c) => c.action === 'KEEP' && c.problems.length === 0);
  const moved = plan.changes.filter((c) => c.action !== 'KEEP' || c.problems.length > 0);

  return (
    <div className="plan">
      <dl className="facts">
        <div><dt>{t('plan.action')}</dt><dd>{t(`pluginAction.${plan.action}`)}</dd></div>
        <div>
          <dt>{t('hub.version')}</dt>
          <dd>{plan.fromVersion === plan.toVersion ? plan.toVersion : `${plan.fromVersion ?? t('plan.none')} → ${plan.toVersion ?? t('plan.none')}`}</dd>
        </div>
        {plan.signature && (
          <div>
            <dt>{t('plan.signature')}</dt>
            <dd>
              <Mark tone={plan.signature.state === 'TRUSTED' ? 'good' : plan.signature.state === 'BROKEN' ? 'bad' : 'warn'}
                text={t(`signature.${plan.signature.state}`)} />
              {(plan.signature.signer ?? plan.signature.detail) && <div className="small">{plan.signature.signer ?? plan.signature.detail}</div>}
            </dd>
          </div>
        )}
        {plan.sha256 && <div><dt>{t('plan.sha256')}</dt><dd><code title={plan.sha256}>{plan.sha256.slice(0, 16)}…</code></dd></div>}
      </dl>

      {plan.problems.length > 0 && (
        <section className="box bad" role="alert" aria-label={t('plan.problems')}>
          <h3>{t('plan.problems')}</h3>
          {plan.problems.map((p) => <ProblemText key={p.code + p.message} problem={p} />)}
        </section>
      )}

      {plan.outside.length > 0 && (
        <section className="box warn" aria-label={t('plan.outside')}>
          <h3>{t('plan.outside')}</h3>
          <p className="small">{onAccept ? t('plan.outsideHint') : t('plan.outsideAccepted')}</p>
          <ul>
            {outsideOf(plan).map((id) => (
              <li key={id}>
                {onAccept ? (
                  <label className="check">
                    <input type="checkbox" checked={accepted?.has(id) ?? false} onChange={(e) => onAccept(id, e.target.checked)} />
                    <code>{id}</code>
                  </label>
                ) : <code>{id}</code>}
                {plan.outside.filter((o) => o.id === id).map((o) => (
                  <p key={`${o.owner} ${o.place ?? ''} ${o.why}`}>{o.why} <span className="small">{[o.owner, o.place].filter(Boolean).join(' · ')}</span></p>
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}

      <section aria-label={t('plan.changes')}>
        <h3>{t('plan.changes')}</h3>
        {moved.length === 0 && <p className="empty">{t('plan.nothing')}</p>}
        <ul className="changes">
          {moved.map((c) => (
            <li key={`${c.kind} ${c.id}`} className={c.action}>
              <span className="sign" aria-hidden="true">{SIGNS[c.action]}</span>
              <div>
                <span className="unseen">{t(`planAction.${c.action}`)}</span> <Kind kind={c.kind} /> <b>{c.id}</b>
                {c.details.map((d) => <div key={d} className="detail">{d}</div>)}
                {c.noticed.map((d) => <div key={d} className="small">{d}</div>)}
                {c.problems.map((p) => <ProblemText key={p.code + p.message} problem={p} />)}
              </div>
            </li>
          ))}
        </ul>
        {kept.length > 0 && (
          <details>
            <summary>{t('plan.kept', { count: kept.length })}</summary>
            <ul className="changes">
              {kept.map((c) => <li key={`${c.kind} ${c.id}`} className="KEEP"><span className="sign" aria-hidden="true">=</span><div><Kind kind={c.kind} /> {c.id}</div></li>)}
            </ul>
          </details>
        )}
      </section>

      {plan.pauses.length > 0 && (
        <section aria-label={t('plan.pauses')}>
          <h3>{t('plan.pauses')}</h3>
          <ul className="changes">
            {plan.pauses.map((p) => (
              <li key={p.what}><span className="sign" aria-hidden="true">‖</span>
                <div>{p.what} {p.lastTime && <span className="small">{t('plan.lastTime', { span: duration(p.lastTime) })}</span>}</div></li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Kind({ kind }: { kind: string }) {
  const { t } = useTranslation();
  const known = KINDS.find((k) => k === kind);
  return <span className="kind">{known ? t(`planKind.${known}`) : kind}</span>;
}

/** Why something in the hub is not as it should be: what, where, and what to do. */
export function ProblemText({ problem }: { problem: HubProblem }) {
  const { t, i18n } = useTranslation();
  const { said, original } = problemIn(i18n.language, problem);
  const whole = original === null && said.startsWith(problem.message); // as it was said: its cure has a line of its own
  return (
    <div className="problem">
      <p>{whole ? problem.message : said}</p>
      {original && <p className="small" lang="en">{original}</p>}
      {problem.place && <p><b>{t('plugins.place')}</b> <code>{problem.place}</code></p>}
      {whole && problem.cure && <p><b>{t('plugins.cure')}</b> {problem.cure}</p>}
    </div>
  );
}
