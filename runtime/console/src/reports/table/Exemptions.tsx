import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askReporting, reporting, type FormPeriod } from '../../api/reporting';
import { ask, useNames } from '../../api/queries';
import { ReasonDialog } from '../../record/ReasonDialog';
import { useMoments } from '../moments';
import { useTree } from '../tree';
import { ExceptionDialog } from './ExceptionDialog';

type Lock = FormPeriod['locks'][number];
type Exception = FormPeriod['exceptions'][number];
type Props = { form: string; period: string; unit: string };

/** The last word about each, in the order in which they were said. */
function lastOf<T>(all: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [key(one), one])).values()];
}

/** What is different for a period: by which version of its form it is answered, for whom it is locked, who is excused, has longer, or may answer although it is locked. */
export function Exemptions({ form, period, unit }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const queries = useQueryClient();
  const { moment } = useMoments();
  const tree = useTree();
  const data = useQuery(askReporting.formPeriod(form, period)).data;
  const newest = useQuery({ ...ask.forms(), select: (forms) => forms.find((f) => f.id === form)?.version }).data;
  const version = data?.versions.at(-1);
  const [moving, setMoving] = useState(false);
  const [locking, setLocking] = useState(false);
  const [excepting, setExcepting] = useState<Exception | 'new' | null>(null);
  const concerns = (code: string) => tree === undefined || tree.isBelow(code, unit) || tree.isBelow(unit, code);
  const locks = lastOf<Lock>(data?.locks ?? [], (l) => l.unit).filter((l) => l.locked && concerns(l.unit));
  const exceptions = lastOf<Exception>(data?.exceptions ?? [], (e) => `${e.unit} ${e.kind}`).filter((e) => e.valid && concerns(e.unit));
  const locked = locks.some((l) => l.unit === unit);
  const done = () => queries.invalidateQueries({ queryKey: ['reporting'] });

  return (
    <section className="panel exemptions" aria-labelledby="exemptions-heading" aria-busy={data === undefined}>
      <div className="head">
        <h2 id="exemptions-heading">{t('exemptions.heading')}</h2>
        <div className="acts">
          <Button size="small" onClick={() => setLocking(true)}>{locked ? t('exemptions.unlock') : t('exemptions.lock')}</Button>
          <Button size="small" onClick={() => setExcepting('new')}>{t('exemptions.except')}</Button>
        </div>
      </div>
      {version && (
        <div className="line1 version-line">
          <p>
            {t('exemptions.version', { version: version.version })}
            {version.reason && <span className="small"> {version.reason} · {version.who} · {moment(version.at)}</span>}
          </p>
          {newest !== undefined && newest > version.version && <Button size="small" onClick={() => setMoving(true)}>{t('exemptions.move', { version: newest })}</Button>}
        </div>
      )}
      {moving && newest !== undefined && (
        <ReasonDialog title={t('exemptions.move', { version: newest })} text={t('exemptions.moveText', { period, from: version?.version, to: newest })} act={t('exemptions.move', { version: newest })}
          onClose={() => setMoving(false)}
          onReason={async (reason) => {
            await reporting.move(form, period, reason);
            await done();
            setMoving(false);
          }} />
      )}
      {locks.length + exceptions.length === 0 ? <p className="small">{t('exemptions.none')}</p> : (
        <ul className="lines">
          {locks.map((l) => <li key={`l${l.id}`}><b>{t('exemptions.locked', { unit: names.unit(l.unit) })}</b><span className="grow">{l.reason} <span className="small">{l.who} · {moment(l.at)}</span></span></li>)}
          {exceptions.map((e) => (
            <li key={`e${e.id}`}>
              <b>{names.unit(e.unit)}: {t(`exception.${e.kind}`)}{e.until && ` ${t('exemptions.until', { at: moment(e.until) })}`}</b>
              <span className="grow">{e.reason} <span className="small">{e.who} · {moment(e.at)}</span></span>
              <button type="button" className="plain" onClick={() => setExcepting(e)}>{t('exemptions.takeBack')}</button>
            </li>
          ))}
        </ul>
      )}
      {locking && (
        <ReasonDialog title={locked ? t('exemptions.unlock') : t('exemptions.lock')} text={locked ? t('exemptions.unlockText', { unit: names.unit(unit), period }) : t('exemptions.lockText', { unit: names.unit(unit), period })}
          act={locked ? t('exemptions.unlock') : t('exemptions.lock')} onClose={() => setLocking(false)}
          onReason={async (reason) => {
            await reporting.lock(form, period, { unit, locked: !locked, reason });
            await done();
            setLocking(false);
          }} />
      )}
      {excepting === 'new' && <ExceptionDialog form={form} period={period} onDone={done} onClose={() => setExcepting(null)} />}
      {excepting !== null && excepting !== 'new' && (
        <ReasonDialog title={t('exemptions.takeBack')} text={`${names.unit(excepting.unit)}: ${t(`exception.${excepting.kind}`)}`} act={t('exemptions.takeBack')} onClose={() => setExcepting(null)}
          onReason={async (reason) => {
            await reporting.except(form, period, { unit: excepting.unit, kind: excepting.kind, valid: false, reason, ...(excepting.until ? { until: excepting.until } : {}) });
            await done();
            setExcepting(null);
          }} />
      )}
    </section>
  );
}
