import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../api/client';
import { ask } from '../api/queries';
import { lastFailure } from '../record/hops';

/** A dead letter's own cause only says that the tries are used up; why each of them failed stands in its hops. */
const USED_UP = 'tries-used-up';

/** The flow's last failed delivery, where its own cause doesn't say why. */
export function useFailure(flow: Flow) {
  const hops = useQuery({ ...ask.record(flow.id), enabled: flow.causeCode === USED_UP }).data?.hops;
  return hops && lastFailure(hops);
}

/** Why a flow stopped, in a sentence. */
export function Why({ flow }: { flow: Flow }) {
  const { t } = useTranslation();
  const failure = useFailure(flow);
  return <>{failure?.cause ?? flow.cause ?? flow.causeCode ?? t('trouble.unknown')}</>;
}
