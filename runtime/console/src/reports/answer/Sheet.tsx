import { useTranslation } from 'react-i18next';
import type { Form, Indicator } from '../../api/client';
import type { ReviewReason, SubmissionFailure, Typed, Values } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { useFailureText } from '../failures';
import { useFigures, valueOf } from '../figures';
import { isAsked, plainNumber } from './typing';

type Props = {
  form: Form;
  typed: Typed;
  made: Values;
  previous: Values | undefined;
  previousPeriod: string | undefined;
  failures: readonly SubmissionFailure[];
  reasons: readonly ReviewReason[];
  onType: (code: string, text: string) => void;
};

/** The form with its cells to be filled in, section by section. */
export function Sheet({ form, ...rest }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <div className="stack" onKeyDown={onward}>
      {form.sections.map((s) => {
        const indicators = s.indicators.flatMap((code) => form.indicators.filter((i) => i.code === code));
        const asked = indicators.filter((i) => isAsked(i) && !i.optional);
        const filled = asked.filter((i) => (rest.typed[i.code] ?? '').trim() !== '').length;
        return (
          <section key={s.id} className="panel sheet" aria-labelledby={`section-${s.id}`}>
            <div className="head">
              <h2 id={`section-${s.id}`}>{form.sections.length === 1 ? t('answer.cells') : names.title(s.title)}</h2>
              {asked.length > 0 && <span className="small">{t('answer.filled', { filled, of: asked.length })}</span>}
            </div>
            <ul className="cells">
              <li className="cells-head" aria-hidden="true">
                <span>{t('reporting.indicator')}</span><span>{t('reporting.value')}</span>
                <span>{rest.previousPeriod ? t('answer.previous', { period: rest.previousPeriod }) : ''}</span>
              </li>
              {indicators.map((i) => <Cell key={i.code} indicator={i} {...rest} />)}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** Enter goes to the next cell, as in a spreadsheet. */
function onward(e: React.KeyboardEvent<HTMLElement>) {
  if (e.key !== 'Enter' || !(e.target instanceof HTMLInputElement)) return;
  e.preventDefault();
  const all = [...e.currentTarget.querySelectorAll<HTMLElement>('.cell input, .cell select')];
  const next = all[all.indexOf(e.target) + (e.shiftKey ? -1 : 1)];
  next?.focus();
  if (next instanceof HTMLInputElement) next.select();
}

function Cell({ indicator: i, typed, made, previous, previousPeriod, failures, reasons, onType }: Omit<Props, 'form'> & { indicator: Indicator }) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure, change, percent } = useFigures();
  const failureText = useFailureText();
  const value = typed[i.code] ?? '';
  const wrong = failures.filter((f) => f.cell === i.code);
  const said = reasons.filter((r) => r.cell === i.code);
  const hard = wrong.some((f) => f.hard);
  const before = valueOf(i, previous);
  const current = isAsked(i) ? (value.trim() === '' ? undefined : Number(plainNumber(value))) : made[i.code];
  const moved = i.kind === 'CHOICE' || Number.isNaN(current) ? null : change(current, before);
  const id = `cell-${i.code}`;
  const notes = wrong.length + said.length > 0 ? `why-${i.code}` : undefined;
  const common = { id, 'aria-describedby': notes, 'aria-invalid': hard || undefined, 'aria-required': isAsked(i) && !i.optional ? true : undefined };
  return (
    <li className={['cell', hard ? 'hard' : wrong.length > 0 ? 'soft' : '', said.length > 0 ? 'returned' : ''].filter(Boolean).join(' ')}>
      <label htmlFor={isAsked(i) ? id : undefined} id={`name-${i.code}`}>
        {names.title(i.title)} {i.unit && <span className="small">{i.unit}</span>}
        {isAsked(i) && !i.optional && <abbr className="must" title={t('answer.must')}>*</abbr>}
      </label>
      {!isAsked(i) ? (
        <output className="made" title={i.formula ? `= ${i.formula}` : undefined} aria-labelledby={`name-${i.code}`}>
          {current === undefined ? <span className="small">{t('answer.madeLater')}</span> : figure(i, current)}
        </output>
      ) : i.kind === 'CHOICE' ? (
        <select {...common} value={value} onChange={(e) => onType(i.code, e.target.value)}>
          <option value="">{t('answer.choose')}</option>
          {Object.entries(i.choices).map(([n, title]) => <option key={n} value={n}>{`${n} ${names.title(title)}`}</option>)}
        </select>
      ) : (
        <input {...common} inputMode="decimal" autoComplete="off" value={value} maxLength={60} onChange={(e) => onType(i.code, e.target.value)} />
      )}
      <span className="before">
        {before !== undefined && <span className="unseen">{t('answer.previous', { period: previousPeriod })}: </span>}
        {before === undefined ? '' : figure(i, before)}
        {moved !== null && Math.abs(moved) >= 0.005 && <span className="small"> {percent(moved)}</span>}
      </span>
      {notes && (
        <ul className="why" id={notes}>
          {said.map((r, n) => <li key={`r${n}`} className="reason">{t('answer.reason', { text: r.text })}</li>)}
          {wrong.map((f, n) => <li key={n} className={f.hard ? 'hard' : 'soft'}>{f.hard ? t('failure.hard') : t('failure.soft')} {failureText(f)}</li>)}
        </ul>
      )}
    </li>
  );
}
