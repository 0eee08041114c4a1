import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { askReporting } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { useMoments } from '../moments';
import { useTree } from '../tree';

const MOST = 12;

/** Why totals are marked: whose answers below were returned, and until when they have time. */
export function StaleBox({ form, period, unit }: { form: string; period: string; unit: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const { moment } = useMoments();
  const tree = useTree();
  const standings = useQuery(askReporting.formPeriod(form, period)).data?.standings;
  const returned = (tree && standings?.filter((s) => s.state === 'RETURNED' && tree.isBelow(s.unit, unit))) ?? [];
  return (
    <section className="box warn" aria-label={t('table.staleHeading')} aria-busy={standings === undefined}>
      <h3>{t('table.staleHeading')}</h3>
      <ul>
        {returned.slice(0, MOST).map((s) => (
          <li key={s.unit}>
            <Link to="/reports/$form/$period/answer/$unit" params={{ form, period, unit: s.unit }} search={{ tab: 'history' }}>{names.unit(s.unit)}</Link>{' '}
            {s.answerBy && t('answer.answerBy', { at: moment(s.answerBy) })}
          </li>
        ))}
      </ul>
      {returned.length > MOST && <p className="small">{t('table.staleMore', { count: returned.length - MOST })}</p>}
      {standings && returned.length === 0 && <p>{t('table.staleDispute')}</p>}
    </section>
  );
}
