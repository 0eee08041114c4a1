import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Form } from '../../api/client';
import { reporting, type AnswerKey, type SubmissionDetail, type SubmissionFailure, type Typed } from '../../api/reporting';
import { asTyped, sentOf } from './typing';

/** So long after the last key the draft is kept. */
const PAUSE = 700;

export type Keeping = { state: 'idle' | 'waiting' | 'kept' | 'lost'; at?: string | undefined; error?: unknown };

/** What is in the cells at first: the draft, else the newest version. */
function begin(detail: SubmissionDetail): Typed {
  const from: Record<string, unknown> = detail.draft?.values ?? detail.submissions[0]?.values ?? {};
  return Object.fromEntries(Object.entries(from).map(([code, value]) => [code, asTyped(value)]));
}

/**
 * What somebody types into an answer. It is kept by the hub a moment after each change, one call at a time, and at the latest when the
 * page is left; the hub says with it what would be wrong.
 */
export function useDraft(key: AnswerKey, form: Form, detail: SubmissionDetail) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Typed>(() => begin(detail));
  const [failures, setFailures] = useState<SubmissionFailure[]>(detail.draft?.failures ?? []);
  const [keeping, setKeeping] = useState<Keeping>({ state: detail.draft ? 'kept' : 'idle', at: detail.draft?.at });
  const now = useRef(typed);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const under = useRef<Promise<unknown>>(Promise.resolve());
  const { form: formId, period, unit } = key;

  const keep = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    under.current = under.current.then(() => reporting.keep({ form: formId, period, unit }, sentOf(now.current, form.indicators))).then((draft) => {
      setFailures(draft.failures);
      setKeeping((k) => (timer.current === undefined ? { state: 'kept', at: draft.at } : k));
    }, (error: unknown) => setKeeping({ state: 'lost', error }));
    return under.current;
  }, [formId, period, unit, form.indicators]);

  useEffect(() => {
    const leave = () => {
      if (timer.current !== undefined) void keep().then(() => queries.invalidateQueries({ queryKey: ['reporting', 'answer'] }));
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [keep, queries]);

  return {
    typed, failures, keeping, setFailures,
    type: (code: string, text: string) => {
      now.current = { ...now.current, [code]: text };
      setTyped(now.current);
      setKeeping({ state: 'waiting' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void keep(), PAUSE);
    },
    /** Nothing is kept any more from here on until the next key: what follows is handed in. */
    settle: async () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      await under.current;
      setKeeping({ state: 'idle' });
    },
    keep,
  };
}
