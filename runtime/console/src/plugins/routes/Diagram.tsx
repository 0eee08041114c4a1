import { useTranslation } from 'react-i18next';
import type { RouteStep } from '../../api/client';
import { sortOf } from './sorts';

type Props = { from: string; steps: RouteStep[]; chosen: number | null; onChoose: (line: number | null) => void };

/** A route as what it is: steps one after the other, and side by side where only one of several is taken. */
export function Diagram({ from, steps, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const [scheme, rest] = apart(from);
  return (
    <div className="diagram">
      <div className="step from" title={from}><b>{t('route.from')}</b><span className="label"><b>{scheme}</b>{short(rest)}</span></div>
      <Steps steps={steps} chosen={chosen} onChoose={onChoose} />
    </div>
  );
}

function Steps({ steps, chosen, onChoose }: Omit<Props, 'from'>) {
  return (
    <ol className="steps">
      {steps.map((step, i) => <li key={i}><Step step={step} chosen={chosen} onChoose={onChoose} /></li>)}
    </ol>
  );
}

function Step({ step, chosen, onChoose }: { step: RouteStep } & Omit<Props, 'from' | 'steps'>) {
  const [scheme, rest] = sortOf(step.kind) === 'to' ? apart(step.label) : ['', step.label];
  const here = step.line !== null && step.line === chosen;
  const inside = <><b>{step.kind}</b>{step.label && <span className="label" title={step.label}>{scheme && <b>{scheme}</b>}{scheme ? short(rest) : rest}</span>}</>;
  const kind = `step ${sortOf(step.kind)}${here ? ' here' : ''}`;
  return (
    <>
      {step.line === null ? <div className={kind}>{inside}</div> : (
        <button type="button" className={kind} aria-pressed={here} onClick={() => onChoose(here ? null : step.line)}>{inside}</button>
      )}
      {step.branches.length > 0 && (
        <ul className={step.branches.length > 1 ? 'branches' : 'branches alone'}>
          {step.branches.map((branch, i) => (
            <li key={i}>
              {branch.kind !== step.kind && <div className="when"><b>{branch.kind}</b>{branch.label && <span className="label">{branch.label}</span>}</div>}
              <Steps steps={branch.steps} chosen={chosen} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Many parameters stand in the file; one or two say what it is about. */
function short(rest: string): string {
  return rest.length > 64 && rest.includes('?') ? rest.replace(/\?.*$/, '?…') : rest;
}

/** `record:his.visit.v1?x=y`: the scheme, and the rest of it. */
function apart(uri: string): [string, string] {
  const colon = uri.indexOf(':');
  return colon < 1 ? ['', uri] : [uri.slice(0, colon), uri.slice(colon)];
}
