import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Choice } from '../parts/Choice';
import { periodOf, step, type Period, type PeriodKind } from './periods';

type Props = { period: Period; kinds: PeriodKind[]; onChange: (period: Period) => void };

/** A period, one step at a time, or the one that holds a day. */
export function PeriodPicker({ period, kinds, onChange }: Props) {
  const { t } = useTranslation();
  const all = kinds.includes(period.kind) ? kinds : [period.kind, ...kinds];
  return (
    <div className="period" role="group" aria-label={t('reports.period')}>
      {all.length > 1 && (
        <Choice label={t('reports.kind')} hidden value={period.kind} onChange={(kind) => onChange(periodOf(kind, period.last))}
          options={all.map((value) => ({ value, label: t(`periodKind.${value}`) }))} />
      )}
      <span className="steps">
        <Button aria-label={t('reports.before')} onClick={() => onChange(step(period, -1))} icon={<Arrow path="M10 3 5 8l5 5" />} />
        <span className="now">
          <b>{period.text}</b>
          {period.first !== period.last && <span className="small">{period.first} – {period.last}</span>}
        </span>
        <Button aria-label={t('reports.after')} onClick={() => onChange(step(period, 1))} icon={<Arrow path="M6 3l5 5-5 5" />} />
      </span>
      <label>
        <span className="unseen">{t('reports.goTo')}</span>
        <input type="date" value={period.last} onChange={(e) => e.target.value && onChange(periodOf(period.kind, e.target.value))} />
      </label>
    </div>
  );
}

function Arrow({ path }: { path: string }) {
  return <svg viewBox="0 0 16 16" width="14" height="14" className="line" aria-hidden="true"><path d={path} /></svg>;
}
