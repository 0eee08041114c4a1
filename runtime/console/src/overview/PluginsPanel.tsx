import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Plugin } from '../api/client';
import { useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Mark, toneOfPlugin } from '../parts/Mark';
import { ProblemText } from '../plugins/PlanView';

/** Every plugin with its state; one that fails says why and what to do. */
export function PluginsPanel({ plugins }: { plugins: Plugin[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const { time } = useClock();
  const running = plugins.filter((p) => p.state === 'RUNNING').length;

  return (
    <section className="panel" aria-labelledby="plugins-heading">
      <div className="head">
        <h2 id="plugins-heading">{t('plugins.heading')}</h2>
        {plugins.length > 0 && <span className="small">{t('plugins.running', { running, all: plugins.length })}</span>}
      </div>
      {plugins.length === 0 && <p className="empty">{t('plugins.empty')}</p>}
      <ul className="plugins">
        {plugins.map((p) => {
          const title = names.title(p.title);
          return (
            <li key={p.id}>
              <div className="line1">
                <Link to="/plugins/$id" params={{ id: p.id }} className="title">{title}</Link>
                <Mark tone={toneOfPlugin(p.state)} text={t(`pluginState.${p.state}`)} />
              </div>
              <div className="small">
                {[title === p.id ? null : p.id, p.version, t('plugins.since', { time: time(p.since) })].filter(Boolean).join(' · ')}
              </div>
              {p.problem && <ProblemText problem={p.problem} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
