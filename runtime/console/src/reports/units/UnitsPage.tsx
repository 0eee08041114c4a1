import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../../api/client';
import { reporting } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { BackLink } from '../../parts/BackLink';
import { Loading } from '../../parts/Loading';
import { useTitle } from '../../parts/title';
import { Wrong } from '../../parts/Wrong';
import { useTree } from '../tree';
import { nameFor } from './names';
import '../answer/answer.css';
import './units.css';

const LEVELS = ['PROVINCE', 'CITY', 'COUNTY', 'INSTITUTION'] as const;
/** Of so many units each is named; of more the rest is counted. */
const NAMED = 60;

/** The unit tree in figures, and a unit file that is first checked with all others and then taken. */
export function UnitsPage() {
  const { t } = useTranslation();
  const tree = useTree();
  useTitle(t('units.heading'));
  return (
    <div className="page">
      <BackLink to="/reports" />
      <section className="panel" aria-labelledby="units-heading">
        <h1 id="units-heading">{t('units.heading')}</h1>
        {tree ? (
          <dl className="facts">
            {LEVELS.map((level) => <div key={level}><dt>{t(`unitLevel.${level}`)}</dt><dd>{tree.units.filter((u) => u.level === level).length}</dd></div>)}
          </dl>
        ) : <Loading />}
      </section>
      <Import />
    </div>
  );
}

function Import() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<File | null>(null);
  const [as, setAs] = useState('');
  const check = useMutation({ mutationFn: ({ file, name }: { file: File; name: string }) => reporting.importUnits(file, name, true) });
  const take = useMutation({ mutationFn: ({ file, name }: { file: File; name: string }) => reporting.importUnits(file, name, false) });
  const asked = (file: File, name: string) => {
    take.reset();
    check.mutate({ file, name });
  };
  const open = (file: File) => {
    const name = nameFor(file.name);
    setChosen(file);
    setAs(name);
    asked(file, name);
  };
  const found = take.data ?? check.data;
  const moved = found ? found.added.length + found.changed.length + found.removed.length : 0;
  const checked = check.data !== undefined && check.variables.name === as;

  return (
    <section className="panel" aria-labelledby="import-heading">
      <h2 id="import-heading">{t('units.import')}</h2>
      <p className="small">{t('units.hint')}</p>
      <label className="drop" onDragOver={(e) => e.preventDefault()}
        onDrop={(e) => {
          e.preventDefault();
          const dropped = e.dataTransfer.files[0];
          if (dropped) open(dropped);
        }}>
        <span>{chosen ? chosen.name : t('answer.drop')}</span>
        <span className="take-link" aria-hidden="true">{t('answer.chooseFile')}</span>
        <input type="file" className="unseen" accept=".xlsx,.csv" onChange={(e) => {
          const file = e.target.files?.[0];
          e.target.value = ''; // the same file again, mended, is another one
          if (file) open(file);
        }} />
      </label>
      {chosen && (
        <form className="rowform units-as" onSubmit={(e) => {
          e.preventDefault();
          asked(chosen, as.trim());
        }}>
          <label><span>{t('units.as')}</span><Input value={as} maxLength={66} onChange={(e) => setAs(e.target.value.trim())} /></label>
          {!checked && <Button htmlType="submit" loading={check.isPending} disabled={as === ''}>{t('units.check')}</Button>}
        </form>
      )}
      {check.isPending && <Loading />}
      {[check, take].map((m, i) => m.isError && <Problems key={i} error={m.error} />)}
      {found && checked && (
        <div className={take.data ? 'box good' : 'box'} role="status">
          <p><b>{take.data ? t('units.taken', { file: found.file }) : moved === 0 ? t('units.same') : t('units.would', { file: found.file })}</b> {t('units.of', { count: found.units })}</p>
          <Codes heading={t('planAction.ADD')} codes={found.added} />
          <Codes heading={t('planAction.CHANGE')} codes={found.changed} />
          <Codes heading={t('planAction.REMOVE')} codes={found.removed} />
          {take.data && <p>{t('units.restart')}</p>}
        </div>
      )}
      {chosen && checked && !take.data && moved > 0 && (
        <div className="acts">
          <Button type="primary" danger={(found?.removed.length ?? 0) > 0} loading={take.isPending} onClick={() => take.mutate({ file: chosen, name: as })}>{t('units.take')}</Button>
        </div>
      )}
    </section>
  );
}

function Codes({ heading, codes }: { heading: string; codes: readonly string[] }) {
  const { t } = useTranslation();
  const names = useNames();
  return codes.length > 0 && (
    <p className="unit-codes">
      <b>{heading} {codes.length}</b>{' '}
      {codes.slice(0, NAMED).map((code) => (names.unit(code) === code ? code : `${code} ${names.unit(code)}`)).join(t('rules.list'))}
      {codes.length > NAMED && ` ${t('facets.more', { count: codes.length - NAMED })}`}
    </p>
  );
}

/** Everything that is wrong with a file, by line and column. */
function Problems({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const problems = error instanceof CallError ? error.unitProblems : undefined;
  return (
    <div className="box bad" role="alert">
      <h3>{t('units.refused')}</h3>
      {problems ? (
        <ul className="failures">
          {problems.map((p, i) => (
            <li key={i} className="hard">
              <b>{[p.file, p.line !== null && t('mend.line', { line: p.line }), p.column].filter(Boolean).join(' · ')}</b> {p.message}{p.cure && <span className="small"> {p.cure}</span>}
            </li>
          ))}
        </ul>
      ) : <Wrong error={error} />}
    </div>
  );
}
