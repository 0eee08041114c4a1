import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../api/client';
import { askReporting } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { CopyButton } from '../../parts/CopyButton';
import { Loading } from '../../parts/Loading';
import { Mark } from '../../parts/Mark';
import { Scroll } from '../../parts/Scroll';
import { Wrong } from '../../parts/Wrong';
import { doorOf } from '../answer/History';
import { useMoments } from '../moments';

type Props = { form: Form; period: string; unit: string };

/** The end of every drill-down: the answer that a number was signed with, and what it is known by. */
export function Signed({ form, period, unit }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { moment } = useMoments();
  const answer = useQuery(askReporting.answer({ form: form.id, period, unit }));
  const newest = answer.data?.submissions[0];
  const signed = useQuery({ ...askReporting.signed(form.id, period, unit, newest?.version ?? 0), enabled: newest !== undefined }).data;
  const digest = signed?.submissions.find((s) => s.unit === unit && s.version === newest?.version)?.digest;
  if (answer.isError) return <Wrong error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Loading />;
  return newest && (
    <section className="panel signed" aria-labelledby="signed-heading">
      <div className="head">
        <h2 id="signed-heading">{t('table.signed')}</h2>
        <Link to="/reports/$form/$period/answer/$unit" params={{ form: form.id, period, unit }} search={{ tab: 'history' }}>{t('table.history', { count: answer.data.submissions.length })}</Link>
      </div>
      <Scroll label={t('table.signed')}>
        <table className="grid">
          <thead><tr><th scope="col">{t('reports.period')}</th><th scope="col">{t('reports.version')}</th><th scope="col">{t('reports.at')}</th><th scope="col">{t('table.who')}</th><th scope="col">{t('table.digest')}</th></tr></thead>
          <tbody>
            <tr>
              <th scope="row">{newest.record ? <Link to="/records/$id" params={{ id: newest.record }}>{period}</Link> : period}</th>
              <td>{newest.version}</td>
              <td>{moment(newest.at)}</td>
              <td>{newest.by.who ?? t('answer.noName')} · {t(`answerDoor.${doorOf(newest.by.door)}`)}</td>
              <td aria-busy={digest === undefined}>{digest ? <><code className="digest">{digest}</code> <CopyButton text={digest} what={t('table.digest')} /></> : '…'}</td>
            </tr>
          </tbody>
        </table>
      </Scroll>
      <p className="small">{t('table.digestHint')}</p>
      {answer.data.reviews.filter((r) => r.version === newest.version).map((r) => (
        <p key={r.id}><Mark tone={r.accepted ? 'good' : 'warn'} text={r.accepted ? t('answer.acceptedBy', { unit: names.unit(r.reviewer) }) : t('answer.returnedBy', { unit: names.unit(r.reviewer) })} /> <span className="small">{moment(r.at)} · {r.who}</span></p>
      ))}
    </section>
  );
}
