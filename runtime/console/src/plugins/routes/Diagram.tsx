import { useTranslation } from 'react-i18next';
import type { RouteStep } from '../../api/client';
import { sortOf } from './sorts';

type Props = {
  from: string;
  /** What has come in so far. */
  came: string;
  steps: RouteStep[];
  /** What passes to an endpoint now; empty where nothing does, or where nobody counts. */
  passing: (uri: string) => string;
  chosen: number | null;
  onChoose: (line: number | null) => void;
};

/** A route as what it is: steps one after the other, and side by side where only one of several is taken. */
export function Diagram({ from, came, steps, passing, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const [scheme, rest] = apart(from);
  return (
    <div className="diagram">
      <div className="step from" title={from}><b>{t('route.from')}</b><span className="label"><b>{scheme}</b>{short(rest)}</span><span className="live">{came}</span></div>
      <Steps steps={steps} passing={passing} chosen={chosen} onChoose={onChoose} />
    </div>
  );
}

type StepsProps = Omit<Props, 'from' | 'came'>;

function Steps({ steps, ...rest }: StepsProps) {
  return (
    <ol className="steps">
      {steps.map((step, i) => <li key={i}><Step step={step} {...rest} /></li>)}
    </ol>
  );
}

function Step({ step, passing, chosen, onChoose }: { step: RouteStep } & Omit<StepsProps, 'steps'>) {
  const [scheme, rest] = sortOf(step.kind) === 'to' ? apart(step.label) : ['', step.label];
  const live = sortOf(step.kind) === 'to' ? passing(step.label) : '';
  const here = step.line !== null && step.line === chosen;
  const inside = <><b>{step.kind}</b>{step.label && <span className="label" title={step.label}>{scheme && <b>{scheme}</b>}{scheme ? short(rest) : rest}</span>}{live && <span className="live">{live}</span>}</>;
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
              <Steps steps={branch.steps} passing={passing} chosen={chosen} onChoose={onChoose} />
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
