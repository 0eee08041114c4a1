import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../api/client';
import { askReporting, type AnswerKey, type SubmissionDetail } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Choice } from '../../parts/Choice';
import { Loading } from '../../parts/Loading';
import { Mark } from '../../parts/Mark';
import { Scroll } from '../../parts/Scroll';
import { Wrong } from '../../parts/Wrong';
import { FailureList } from '../failures';
import { useFigures } from '../figures';
import { useMoments } from '../moments';

const here = getRouteApi('/reports/$form/$period/answer/$unit');

type Props = { answer: AnswerKey; form: Form; detail: SubmissionDetail };

/** All versions with who handed them in and what reviewers said of each, and what two of them say differently. */
export function History({ answer, form, detail }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { moment } = useMoments();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const versions = detail.submissions;
  const newest = versions[0]?.version ?? 0;
  const to = Math.min(search.b ?? newest, newest);
  const from = Math.max(1, Math.min(search.a ?? newest - 1, newest));
  const options = versions.map((v) => ({ value: String(v.version), label: t('answer.versionOf', { version: v.version }) }));
  const compare = (a: number, b: number) => void navigate({ search: { tab: 'history', a, b }, replace: true, resetScroll: false });
  const titleOf = (code: string) => {
    const found = form.indicators.find((i) => i.code === code);
    return found ? names.title(found.title) : code;
  };
  if (versions.length === 0) return <section className="panel"><p className="empty">{t('reports.noneYet')}</p></section>;

  return (
    <div className="stack">
      {versions.length > 1 && (
        <section className="panel" aria-labelledby="diff-heading">
          <div className="head">
            <h2 id="diff-heading">{t('answer.diff')}</h2>
            <div className="acts">
              <Choice label={t('answer.from')} value={String(from)} options={options} onChange={(v) => compare(Number(v), to)} />
              <Choice label={t('answer.to')} value={String(to)} options={options} onChange={(v) => compare(from, Number(v))} />
            </div>
          </div>
          <Diff answer={answer} form={form} from={from} to={to} />
        </section>
      )}
      <section className="panel" aria-labelledby="versions-heading">
        <h2 id="versions-heading">{t('answer.versions')}</h2>
        <ol className="lines versions">
          {versions.map((v) => (
            <li key={v.version}>
              <b>{t('answer.versionOf', { version: v.version })}</b>
              <span className="grow">
                {moment(v.at)} · {v.by.who ?? t('answer.noName')} · {t(`answerDoor.${doorOf(v.by.door)}`)}
                {v.record && <> · <Link to="/records/$id" params={{ id: v.record }}>{t('answer.record')}</Link></>}
                {v.note && <span className="small"> {v.note}</span>}
                {v.warnings.length > 0 && <FailureList failures={v.warnings} titleOf={titleOf} />}
                {detail.reviews.filter((r) => r.version === v.version).map((r) => (
                  <span key={r.id} className="reviewed">
                    <Mark tone={r.accepted ? 'good' : 'warn'} text={r.accepted ? t('answer.acceptedBy', { unit: names.unit(r.reviewer) }) : t('answer.returnedBy', { unit: names.unit(r.reviewer) })} />
                    <span className="small"> {moment(r.at)} · {r.who} {r.reasons.map((x) => [x.cell && titleOf(x.cell), x.text].filter(Boolean).join(': ')).join('; ')}</span>
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

const DOORS = ['route', 'rest', 'csv', 'xlsx', 'folder'] as const;
export const doorOf = (door: string) => DOORS.find((d) => d === door) ?? 'other';

/** The cells that two versions say differently. */
export function Diff({ answer, form, from, to }: { answer: AnswerKey; form: Form; from: number; to: number }) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure, change, percent } = useFigures();
  const diff = useQuery({ ...askReporting.diff(answer, from, to), enabled: from !== to });
  if (diff.isError) return <Wrong error={diff.error} onRetry={() => void diff.refetch()} />;
  if (from !== to && !diff.data) return <Loading />;
  const changes = diff.data?.changes ?? [];
  return changes.length === 0 ? <p className="empty">{t('answer.same')}</p> : (
    <Scroll label={t('answer.diff')}>
      <table className="grid diff">
        <thead>
          <tr>
            <th scope="col">{t('reporting.indicator')}</th>
            <th scope="col" className="number">{t('answer.versionOf', { version: from })}</th>
            <th scope="col" className="number">{t('answer.versionOf', { version: to })}</th>
            <th scope="col" className="number">{t('reporting.change')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((c) => {
            const indicator = form.indicators.find((i) => i.code === c.cell);
            const moved = indicator?.kind === 'CHOICE' ? null : change(c.after ?? undefined, c.before ?? undefined);
            return (
              <tr key={c.cell}>
                <th scope="row">{indicator ? names.title(indicator.title) : c.cell}</th>
                <td className="number before">{indicator ? figure(indicator, c.before) : c.before}</td>
                <td className="number after">{indicator ? figure(indicator, c.after) : c.after}</td>
                <td className="number">{moved === null ? '' : percent(moved)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
