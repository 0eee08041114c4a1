import { useTranslation } from 'react-i18next';
import type { SubmissionFailure } from '../api/reporting';
import { useNames } from '../api/queries';

/** What is wrong with a cell in the reader's language: as the form says it, else in words of our own, else as the hub said it. */
export function useFailureText() {
  const { t } = useTranslation();
  const names = useNames();
  return (failure: SubmissionFailure): string => {
    const { message } = failure;
    if (failure.says) return [names.title(failure.says), / (\S+ ≠ \S+)$/.exec(message)?.[1]].filter(Boolean).join(' ');
    if (/^is missing; write 0/.test(message)) return t('failure.missing');
    if (/^is not a number of at most/.test(message)) return t('failure.number');
    if (/^is negative/.test(message)) return t('failure.negative');
    if (/^is none of the choices/.test(message)) return t('failure.choice');
    const sent = /^is sent as (\S+), and (.+) gives (\S+)\.$/.exec(message);
    if (sent) return t('failure.sent', { sent: sent[1], how: sent[2], made: sent[3] });
    return message;
  };
}

/** All that is wrong, a line each, led by where it stands. */
export function FailureList({ failures, titleOf }: { failures: readonly SubmissionFailure[]; titleOf: (cell: string) => string }) {
  const text = useFailureText();
  return (
    <ul className="failures">
      {failures.map((f, i) => (
        <li key={i} className={f.hard ? 'hard' : 'soft'}>
          {f.place && !f.place.startsWith('/') && <code>{f.place}</code>} {f.cell && <b>{titleOf(f.cell)}</b>} {text(f)}
        </li>
      ))}
    </ul>
  );
}
