import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, useNames } from '../api/queries';
import { Mark } from '../parts/Mark';
import { Scroll } from '../parts/Scroll';
import { useSpans } from '../parts/spans';

/** The durable readers of a plugin, or of the site, and what waits for them. */
export function Subscriptions({ owner }: { owner: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const { number } = useSpans();
  const all = useQuery(ask.subscriptions()).data?.filter((s) => s.name.startsWith(`${owner}/`)) ?? [];
  return all.length > 0 && (
    <section className="panel" aria-labelledby="subscriptions-heading">
      <h2 id="subscriptions-heading">{t('subscriptions.heading')}</h2>
      <Scroll label={t('subscriptions.heading')}>
        <table className="grid short">
          <thead>
            <tr>
              <th scope="col">{t('subscriptions.name')}</th>
              <th scope="col">{t('routes.state')}</th>
              <th scope="col" className="number">{t('subscriptions.waiting')}</th>
              <th scope="col" className="number">{t('flowStatus.RETRYING')}</th>
              <th scope="col" className="number">{t('flowStatus.DEAD')}</th>
            </tr>
          </thead>
          <tbody>
            {all.map((s) => (
              <tr key={`${s.name} ${s.contract ?? ''}`}>
                <td>
                  <div className="title">{s.name.slice(owner.length + 1)}</div>
                  {s.contract && <div className="small">{names.contract(s.contract)} · {s.contract}</div>}
                </td>
                <td><Mark tone={s.reading ? 'good' : 'idle'} text={s.reading ? t('subscriptions.reading') : t('subscriptions.idle')} /></td>
                <td className="number">{number(s.waiting)}</td>
                <td className="number">{number(s.retrying)}</td>
                <td className={s.dead > 0 ? 'number bad' : 'number'}>
                  {s.dead > 0 && s.contract ? <Link to="/records" search={{ status: ['DEAD'], contract: s.contract }}>{number(s.dead)}</Link> : number(s.dead)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
