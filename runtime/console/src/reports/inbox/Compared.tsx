import { useTranslation } from 'react-i18next';
import type { Form, Indicator } from '../../api/client';
import type { Submission } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Scroll } from '../../parts/Scroll';
import { useFailureText } from '../failures';
import { useFigures, valueOf } from '../figures';

type Props = {
  form: Form;
  now: Submission;
  versionBefore: Submission | undefined;
  lastPeriod: Submission | undefined;
  reasons: Record<string, string>;
  onReason: (cell: string, text: string | null) => void;
};

/** From here on somebody looks twice. */
const JUMP = 30;

/** Every cell beside what it said before; a cell is returned where it stands. */
export function Compared({ form, ...rest }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <>
      {form.sections.map((section) => (
        <section key={section.id} className="panel compared" aria-label={names.title(section.title)}>
          {form.sections.length > 1 && <h3>{names.title(section.title)}</h3>}
          <Scroll label={names.title(section.title)}>
            <table className="grid">
              <thead>
                <tr>
                  <th scope="col">{t('reporting.indicator')}</th>
                  <th scope="col" className="number">{t('inbox.now')}</th>
                  {rest.versionBefore && <th scope="col" className="number">{t('answer.versionOf', { version: rest.versionBefore.version })}</th>}
                  {rest.lastPeriod && <th scope="col" className="number">{t('answer.previous', { period: rest.lastPeriod.period })}</th>}
                  <th scope="col"><span className="unseen">{t('inbox.reason')}</span></th>
                </tr>
              </thead>
              <tbody>
                {section.indicators.flatMap((code) => form.indicators.filter((i) => i.code === code)).map((i) => <Line key={i.code} indicator={i} {...rest} />)}
              </tbody>
            </table>
          </Scroll>
        </section>
      ))}
    </>
  );
}

function Line({ indicator: i, now: s, versionBefore, lastPeriod, reasons, onReason }: Omit<Props, 'form'> & { indicator: Indicator }) {
  const { t } = useTranslation();
  const names = useNames();
  const failureText = useFailureText();
  const { figure, change, percent } = useFigures();
  const now = valueOf(i, s.values);
  const warnings = s.warnings.filter((w) => w.cell === i.code);
  const versionValue = valueOf(i, versionBefore?.values);
  const lastValue = valueOf(i, lastPeriod?.values);
  const moved = i.kind === 'CHOICE' ? null : change(now, lastValue);
  const other = versionBefore !== undefined && versionValue !== now;
  const reason = reasons[i.code];
  return (
    <>
      <tr className={[other && 'other', warnings.length > 0 && 'warned', reason !== undefined && 'giving'].filter(Boolean).join(' ')}>
        <th scope="row">{names.title(i.title)} {i.unit && <span className="small">{i.unit}</span>}</th>
        <td className="number now">{figure(i, now)}</td>
        {versionBefore && <td className="number">{other ? <del>{figure(i, versionValue)}</del> : <span className="small">{t('inbox.same')}</span>}</td>}
        {lastPeriod && (
          <td className="number">{figure(i, lastValue)}
            {moved !== null && Math.abs(moved) >= 0.005 && <span className={Math.abs(moved) >= JUMP ? 'jump' : 'small'}> {percent(moved)}</span>}
          </td>
        )}
        <td className="number">
          <button type="button" className="plain" aria-pressed={reason !== undefined} aria-label={t('inbox.returnCell', { cell: names.title(i.title) })}
            onClick={() => onReason(i.code, reason === undefined ? '' : null)}>{reason === undefined ? t('inbox.object') : t('inbox.objectNot')}</button>
        </td>
      </tr>
      {(warnings.length > 0 || reason !== undefined) && (
        <tr className="under">
          <td colSpan={5}>
            {warnings.map((w, n) => <p key={n} className="soft">{failureText(w)}</p>)}
            {reason !== undefined && (
              <input className="reason-input" autoFocus value={reason} maxLength={500} aria-label={t('inbox.reasonOf', { cell: names.title(i.title) })}
                placeholder={t('inbox.reasonHint')} onChange={(e) => onReason(i.code, e.target.value)} />
            )}
          </td>
        </tr>
      )}
    </>
  );
}
