import { useTranslation } from 'react-i18next';
import type { Hub, Plugin } from '../api/client';
import { Mark, toneOfPlugin } from '../parts/Mark';
import { useTimes } from '../parts/times';

/** Every plugin with its state; one that fails says why and what to do. */
export function PluginsPanel({ plugins, hub }: { plugins: Plugin[]; hub: Hub | undefined }) {
  const { t, i18n } = useTranslation();
  const time = useTimes(hub?.zone, hub?.now);
  const titleOf = (p: Plugin) => (i18n.language === 'zh' ? p.title.zh : p.title.en);
  const running = plugins.filter((p) => p.state === 'RUNNING').length;

  return (
    <section className="panel" aria-labelledby="plugins-heading">
      <div className="head">
        <h2 id="plugins-heading">{t('plugins.heading')}</h2>
        {plugins.length > 0 && <span className="small">{t('plugins.running', { running, all: plugins.length })}</span>}
      </div>
      {plugins.length === 0 && <p className="empty">{t('plugins.empty')}</p>}
      <ul className="plugins">
        {plugins.map((p) => (
          <li key={p.id}>
            <div className="line1">
              <span className="title">{titleOf(p)}</span>
              <Mark tone={toneOfPlugin(p.state)} text={t(`pluginState.${p.state}`)} />
            </div>
            <div className="small">
              {[titleOf(p) === p.id ? null : p.id, p.version, t('plugins.since', { time: time(p.since) })]
                .filter(Boolean).join(' · ')}
            </div>
            {p.problem && (
              <div className="problem">
                <p>{p.problem.message}</p>
                {p.problem.place && <p><b>{t('plugins.place')}</b> <code>{p.problem.place}</code></p>}
                {p.problem.cure && <p><b>{t('plugins.cure')}</b> {p.problem.cure}</p>}
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
