import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RouteDetail } from '../../api/client';
import { CopyButton } from '../../parts/CopyButton';

type Props = { yaml: NonNullable<RouteDetail['yaml']>; line: number | null };

/** The file as it was deployed; settings stand in it by their names. The line of the chosen step is brought into sight. */
export function Yaml({ yaml, line }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const wanted = box.current?.querySelector<HTMLElement>(`[data-line="${line ?? Math.max(1, yaml.line - 4)}"]`);
    if (box.current && wanted) box.current.scrollTop = Math.max(0, wanted.offsetTop - (line ? box.current.clientHeight / 3 : 0));
  }, [line, yaml.line]);
  return (
    <section className="panel yaml" aria-labelledby="yaml-heading">
      <div className="head">
        <h3 id="yaml-heading">{t('route.yaml')} <span className="small">{yaml.file.replace(/^.*!/, '')}</span></h3>
        <CopyButton text={yaml.text} what={yaml.file.replace(/^.*\//, '')} />
      </div>
      <div className="text" ref={box} tabIndex={0} role="region" aria-label={t('route.yaml')}>
        <ol>
          {yaml.text.replace(/\n$/, '').split('\n').map((text, i) => (
            <li key={i} data-line={i + 1} className={i + 1 === line ? 'here' : undefined}><code>{text || ' '}</code></li>
          ))}
        </ol>
      </div>
    </section>
  );
}
