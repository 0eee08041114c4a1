import { useTranslation } from 'react-i18next';
import type { Form, Indicator } from '../api/client';
import { useNames } from '../api/queries';

type Props = { form: Form; value: string; onChange: (code: string) => void };

/** What there is a total of. */
export const summable = (form: Form): Indicator[] => form.indicators.filter((i) => i.kind !== 'CHOICE');

/** One indicator of a form, by its sections. */
export function IndicatorChoice({ form, value, onChange }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <label className="choice"><span>{t('reporting.indicator')}</span>
      <select value={value} onChange={(e) => onChange(e.target.value)}>
        {form.sections.map((s) => (
          <optgroup key={s.id} label={names.title(s.title)}>
            {s.indicators.flatMap((code) => summable(form).filter((i) => i.code === code)).map((i) => (
              <option key={i.code} value={i.code}>{names.title(i.title)}{i.unit ? ` (${i.unit})` : ''}</option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
