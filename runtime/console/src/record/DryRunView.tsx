import { useTranslation } from 'react-i18next';
import type { DryRun } from '../api/client';
import { useNames } from '../api/queries';
import type { Json } from '../parts/formats/json';
import { JsonView } from '../parts/formats/JsonView';
import { placesIn } from '../parts/formats/places';
import { Mark, type Tone } from '../parts/Mark';
import { useCauseText } from '../trouble/causes';

const TONES = { new: 'good', version: 'busy', already: 'idle' } as const satisfies Record<DryRun['wouldPublish'][number]['outcome'], Tone>;

/** So many records are listed one by one; more of them by what they are. */
const FEW = 8;

type Outcome = DryRun['wouldPublish'][number];

function alike(all: readonly Outcome[]): Outcome[][] {
  const lists = new Map<string, Outcome[]>();
  for (const one of all) lists.set(`${one.contract} ${one.outcome}`, [...(lists.get(`${one.contract} ${one.outcome}`) ?? []), one]);
  return [...lists.values()];
}

function Outcomes({ list }: { list: readonly Outcome[] }) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <ul className="lines">
      {list.map((w) => (
        <li key={`${w.contract} ${w.id}`}>
          <Mark tone={TONES[w.outcome]} text={t(`dryRunOutcome.${w.outcome}`)} />
          <details className="grow">
            <summary><span className="title">{names.contract(w.contract)}</span> <span className="key">{w.key}</span></summary>
            <JsonView value={w.content as Json} />
          </details>
        </li>
      ))}
    </ul>
  );
}

/** What would come of a message: why it would be refused, or what would be published, and how that differs from what is there. */
export function DryRunView({ result }: { result: DryRun }) {
  const { t } = useTranslation();
  const names = useNames();
  const cause = useCauseText();
  const said = (value: unknown) => (value === null || value === undefined ? t('payload.absent') : JSON.stringify(value));
  const wrong = placesIn(result.refused && `${result.refused.place ?? ''}: ${result.refused.message}`).pointers;
  return (
    <div className="dry-run" role="status" aria-label={t('dryRun.heading')}>
      {result.refused && (
        <div className="box bad">
          <h3>{t('dryRun.refused')}</h3>
          <p>{result.refused.place && <code>{result.refused.place}</code>} {cause({ causeCode: result.refused.code, cause: result.refused.message })}</p>
          {result.refused.cure && <p className="small">{result.refused.cure}</p>}
          {wrong.size > 0 && result.after && <JsonView value={result.after as Json} wrong={wrong} />}
        </div>
      )}
      {!result.refused && result.wouldPublish.length === 0 && <p className="empty">{t('dryRun.nothing')}</p>}
      {result.wouldPublish.length > 0 && (result.wouldPublish.length <= FEW ? <Outcomes list={result.wouldPublish} /> : (
        <ul className="lines">
          {alike(result.wouldPublish).map((list) => (
            <li key={`${list[0]!.contract} ${list[0]!.outcome}`}>
              <Mark tone={TONES[list[0]!.outcome]} text={t(`dryRunOutcome.${list[0]!.outcome}`)} />
              <details className="grow">
                <summary><span className="title">{names.contract(list[0]!.contract)}</span> <span className="key">× {list.length}</span></summary>
                <Outcomes list={list} />
              </details>
            </li>
          ))}
        </ul>
      ))}
      {result.more > 0 && <p className="small">{t('dryRun.more', { count: result.more })}</p>}
      {result.diff.length > 0 && (
        <table className="diff">
          <caption>{t('dryRun.differs', { count: result.diff.length })}</caption>
          <thead><tr><th scope="col">{t('payload.field')}</th><th scope="col">{t('dryRun.before')}</th><th scope="col">{t('dryRun.after')}</th></tr></thead>
          <tbody>
            {result.diff.map((d) => (
              <tr key={d.pointer}>
                <th scope="row"><code>{d.pointer || '/'}</code></th>
                <td className="before"><code>{said(d.before)}</code></td>
                <td className="after"><code>{said(d.after)}</code></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!result.refused && result.before && result.after && result.diff.length === 0 && <p className="small">{t('payload.same')}</p>}
      {result.leftOut.length > 0 && (
        <div className="box warn">
          <h3>{t('dryRun.leftOut')}</h3>
          <ul>{result.leftOut.map((step) => <li key={step}><code>{step}</code></li>)}</ul>
        </div>
      )}
    </div>
  );
}
