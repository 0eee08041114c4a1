import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, type Form } from '../../api/client';
import { file, reporting, type AnswerKey } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Wrong } from '../../parts/Wrong';
import { FailureList } from '../failures';

/** The same answer in a workbook: taken home, filled in, brought back, and every failing cell named. */
export function FileTab({ answer, form }: { answer: AnswerKey; form: Form }) {
  const { t } = useTranslation();
  const names = useNames();
  const queries = useQueryClient();
  const [over, setOver] = useState(false);
  const upload = useMutation({
    mutationFn: (chosen: File) => reporting.handInFile(chosen),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reporting'] }),
  });
  const failures = upload.error instanceof CallError ? upload.error.failures : undefined;
  const titleOf = (code: string) => {
    const found = form.indicators.find((i) => i.code === code);
    return found ? names.title(found.title) : code;
  };
  const taken = upload.data;
  const other = taken && (taken.form !== answer.form || taken.period !== answer.period || taken.unit !== answer.unit);

  return (
    <div className="stack">
      <section className="panel" aria-labelledby="take-heading">
        <h2 id="take-heading">{t('answer.take')}</h2>
        <p>{t('answer.takeText')}</p>
        <p className="links">
          <a className="take-link" href={file.template(answer, 'xlsx')} download>{t('answer.xlsx')}</a>
          <a href={file.template(answer, 'csv')} download>{t('answer.csv')}</a>
        </p>
      </section>
      <section className="panel" aria-labelledby="bring-heading">
        <h2 id="bring-heading">{t('answer.bring')}</h2>
        <label className={over ? 'drop over' : 'drop'}
          onDragOver={(e) => {
            e.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(e) => {
            e.preventDefault();
            setOver(false);
            const dropped = e.dataTransfer.files[0];
            if (dropped) upload.mutate(dropped);
          }}>
          <span>{upload.isPending ? t('answer.reading') : t('answer.drop')}</span>
          <span className="take-link" aria-hidden="true">{t('answer.chooseFile')}</span>
          <input type="file" className="unseen" accept=".xlsx,.csv" disabled={upload.isPending} onChange={(e) => {
            const chosen = e.target.files?.[0];
            e.target.value = ''; // the same file again, mended, is another one
            if (chosen) upload.mutate(chosen);
          }} />
        </label>
        {upload.isError && (
          <div className="box bad" role="alert">
            <h3>{t('answer.fileRefused', { name: upload.variables.name })}</h3>
            {failures ? <FailureList failures={failures} titleOf={titleOf} /> : <Wrong error={upload.error} />}
          </div>
        )}
        {taken && (
          <div className="box good" role="status">
            <p>{t('answer.fileTaken', { name: upload.variables.name, version: taken.version })}</p>
            {other && (
              <p>
                {t('answer.fileOther')}{' '}
                <Link to="/reports/$form/$period/answer/$unit" params={{ form: taken.form, period: taken.period, unit: taken.unit }}>
                  {[taken.form, taken.period, names.unit(taken.unit)].join(' · ')}
                </Link>
              </p>
            )}
            {taken.warnings.length > 0 && <FailureList failures={taken.warnings} titleOf={titleOf} />}
          </div>
        )}
      </section>
    </div>
  );
}
