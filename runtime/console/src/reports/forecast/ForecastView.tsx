import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { askReporting, type Forecast } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Loading } from '../../parts/Loading';
import { Mark, type Tone } from '../../parts/Mark';
import { Wrong } from '../../parts/Wrong';
import { Scroll } from '../../parts/Scroll';
import { useFigures } from '../figures';
import { useMoments } from '../moments';
import type { ViewProps } from '../Report';
import '../feedback/feedback.css';

const here = getRouteApi('/reports/$form/$period');
const TONES: Record<Forecast['units'][number]['risk'], Tone> = { HIGH: 'bad', MEDIUM: 'warn', LOW: 'good' };
const RISKS = ['HIGH', 'MEDIUM', 'LOW'] as const;
const MOST = 200;

/** Who will probably miss the deadline, and what speaks for it; the one to call first stands first. */
export function ForecastView({ form, period, unit }: ViewProps) {
  const { t } = useTranslation();
  const names = useNames();
  const { moment } = useMoments();
  const { percent } = useFigures();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const forecast = useQuery({ ...askReporting.forecast(form.id, period, unit), retry: false });
  const all = forecast.data?.units ?? [];
  const risk = RISKS.find((r) => r === search.risk);
  const shown = all.filter((u) => !risk || u.risk === risk).slice(0, MOST);
  if (forecast.isError) return <Wrong error={forecast.error} onRetry={() => void forecast.refetch()} />;
  if (!forecast.data) return <Loading />;
  return (
    <section className="panel" aria-labelledby="forecast-heading">
      <div className="head">
        <h2 id="forecast-heading">{t('forecast.heading', { count: all.length })}</h2>
        <div className="acts">
          {RISKS.map((r) => (
            <button key={r} type="button" className="plain" aria-pressed={risk === r} onClick={() => void navigate({ search: (s) => ({ ...s, risk: risk === r ? undefined : r }), replace: true, resetScroll: false })}>
              <Mark tone={TONES[r]} text={`${t(`risk.${r}`)} ${all.filter((u) => u.risk === r).length}`} />
            </button>
          ))}
        </div>
      </div>
      <p className="small">{forecast.data.due.at ? t('answer.due', { at: moment(forecast.data.due.at) }) : forecast.data.due.unknown?.message ?? t('answer.noDeadline')} {t('forecast.hint')}</p>
      {all.length === 0 ? <p className="empty">{t('forecast.nobody')}</p> : (
        <Scroll label={t('forecast.label')}>
          <table className="grid risks">
            <thead>
              <tr>
                <th scope="col">{t('records.unit')}</th><th scope="col">{t('forecast.risk')}</th><th scope="col">{t('forecast.why')}</th>
                <th scope="col" className="number">{t('forecast.late')}</th><th scope="col" className="number">{t('forecast.draft')}</th><th scope="col">{t('forecast.seen')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((u) => (
                <tr key={u.unit.code}>
                  <th scope="row">
                    <Link to="/reports/$form/$period/answer/$unit" params={{ form: form.id, period, unit: u.unit.code }}>{names.zh ? u.unit.name : u.unit.nameEn}</Link>
                    {u.unit.parent && <div className="small">{names.unit(u.unit.parent)}</div>}
                  </th>
                  <td className="points"><Mark tone={TONES[u.risk]} text={t(`risk.${u.risk}`)} /></td>
                  <td><ul className="why">{u.why.map((w) => <li key={w.code}>{names.title(w.text)}</li>)}</ul></td>
                  <td className="number">{u.of > 0 ? `${u.lateBefore}/${u.of}` : '–'}</td>
                  <td className="number">{u.draftFilled === null ? '–' : percent(u.draftFilled * 100, false)}</td>
                  <td>{u.lastSeen ? moment(u.lastSeen) : t('forecast.never')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
