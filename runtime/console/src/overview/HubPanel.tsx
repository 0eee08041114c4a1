import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Hub } from '../api/client';
import { Mark } from '../parts/Mark';
import { River } from '../parts/River';
import { useTimes } from '../parts/times';

type CheckName = 'store' | 'broker' | 'plugins';

/** How the node stands, in one look. */
export function HubPanel({ hub }: { hub: Hub }) {
  const { t } = useTranslation();
  const time = useTimes(hub.zone, hub.now);
  const nameOf = (name: string) =>
    name === 'store' || name === 'broker' || name === 'plugins' ? t(`check.${name satisfies CheckName}`) : name;

  return (
    <section className="panel hub" aria-labelledby="hub-heading">
      <River className="river" />
      <div className="state" role="status">
        <h1 id="hub-heading">{t('hub.heading')}</h1>
        <Mark tone={hub.ready ? 'good' : 'bad'} text={hub.ready ? t('hub.ready') : t('hub.notReady')} />
        <Link to="/audit" className="small">{t('nav.audit')}</Link>
      </div>
      <dl className="facts">
        <div><dt>{t('hub.node')}</dt><dd>{hub.node}</dd></div>
        <div><dt>{t('hub.version')}</dt><dd>{hub.version}</dd></div>
        <div><dt>{t('hub.upSince')}</dt><dd>{time(hub.startedAt)}</dd></div>
        <div>
          <dt>{t('hub.lag')}</dt>
          <dd>{hub.ledgerLag > 0 ? t('hub.lagUnit', { count: hub.ledgerLag }) : t('hub.lagNone')}</dd>
        </div>
      </dl>
      <ul className="checks" aria-label={t('hub.checks')}>
        {hub.checks.map((check) => (
          <li key={check.name}>
            <span className="check">{nameOf(check.name)}</span>
            <Mark tone={check.ok ? 'good' : 'bad'} text={check.ok ? t('check.ok') : t('check.failed')} />
            {check.detail && <span className="detail">{check.detail}</span>}
          </li>
        ))}
      </ul>
      <details>
        <summary className="small">{t('hub.where')}</summary>
        <dl className="facts">
          <div className="wide"><dt>{t('hub.store')}</dt><dd>{hub.store}</dd></div>
          <div className="wide"><dt>{t('hub.broker')}</dt><dd>{hub.broker}</dd></div>
        </dl>
      </details>
    </section>
  );
}
