import { useTranslation } from 'react-i18next';
import type { Form } from '../../api/client';
import type { Recount } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { useSpans } from '../../parts/spans';

/** What making the totals again from all answers gave. */
export function RecountResult({ recount, form }: { recount: Recount; form: Form }) {
  const { t } = useTranslation();
  const names = useNames();
  const { number, span } = useSpans();
  const good = recount.differences.length === 0;
  return (
    <div className={good ? 'box good' : 'box bad'} role="status">
      <p>{good ? t('table.recountSame', { submissions: number(recount.submissions), span: span(recount.millis) })
        : t('table.recountOther', { count: recount.differences.length })}</p>
      {!good && (
        <ul>
          {recount.differences.slice(0, 20).map((d) => {
            const indicator = form.indicators.find((i) => i.code === d.cell);
            return <li key={`${d.unit} ${d.cell}`}>{names.unit(d.unit)} · {indicator ? names.title(indicator.title) : d.cell}: {d.kept ?? '–'} → {d.computed ?? '–'}</li>;
          })}
        </ul>
      )}
    </div>
  );
}
