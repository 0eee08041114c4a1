import { useTranslation } from 'react-i18next';
import type { Form } from '../../api/client';
import type { SubmissionDetail } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { useMoments } from '../moments';

/** That the newest version came back: by whom, why, and until when it has to be answered. */
export function Returned({ detail, form }: { detail: SubmissionDetail; form: Form }) {
  const { t } = useTranslation();
  const names = useNames();
  const { moment } = useMoments();
  const newest = detail.submissions[0];
  const review = detail.reviews.filter((r) => r.version === newest?.version && !r.accepted).at(-1);
  if (detail.standing?.state !== 'RETURNED' || !review) return null;
  return (
    <section className="box warn came-back" aria-labelledby="returned-heading">
      <h2 id="returned-heading">{t('answer.returned', { unit: names.unit(review.reviewer), at: moment(review.at) })}</h2>
      {review.due && <p><b>{t('answer.answerBy', { at: moment(review.due) })}</b></p>}
      <ul>
        {review.reasons.map((r, i) => {
          const cell = form.indicators.find((x) => x.code === r.cell);
          return <li key={i}>{cell ? <><a href={`#cell-${cell.code}`}>{names.title(cell.title)}</a>: {r.text}</> : r.text}</li>;
        })}
      </ul>
      <p className="small">{t('answer.returnedHint')}</p>
    </section>
  );
}
