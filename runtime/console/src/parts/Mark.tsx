import type { FlowStatus, Hop, Occurrence, Plugin, PluginEvent } from '../api/client';

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

const FLOW: Record<FlowStatus, Tone> = {
  ACCEPTED: 'busy', DELIVERED: 'good', RETRYING: 'warn', DEAD: 'bad', REFUSED: 'bad', IGNORED: 'idle', SETTLED: 'idle',
};
const PLUGIN: Record<Plugin['state'], Tone> = {
  STAGED: 'idle', STARTING: 'busy', RUNNING: 'good', DEGRADED: 'warn', STOPPED: 'idle', FAILED: 'bad', RETIRED: 'idle',
};

const HOP: Record<Hop['kind'], Tone> = {
  RECEIVED: 'busy', REFUSED: 'bad', DUPLICATE: 'idle', IGNORED: 'idle', PUBLISHED: 'busy', STORED: 'good', DELIVERED: 'good',
  RETRIED: 'warn', DEAD: 'bad', REPLAYED: 'busy', MENDED: 'busy', DISMISSED: 'idle', FILTERED: 'idle',
};
const OCCURRENCE: Record<Occurrence['state'], Tone> = { DUE: 'idle', RUNNING: 'busy', DONE: 'good', FAILED: 'bad', MISSED: 'warn', SKIPPED: 'idle' };
const OUTCOME: Record<PluginEvent['outcome'], Tone> = { UNDER_WAY: 'busy', DONE: 'good', FAILED: 'bad', INTERRUPTED: 'warn' };

export const toneOfHop = (kind: Hop['kind']) => HOP[kind];
export const toneOfOccurrence = (state: Occurrence['state']) => OCCURRENCE[state];
export const toneOfOutcome = (outcome: PluginEvent['outcome']) => OUTCOME[outcome];
export const toneOfFlow = (status: FlowStatus) => FLOW[status];
export const toneOfPlugin = (state: Plugin['state']) => PLUGIN[state];

/** Each tone has a shape of its own, for those who don't tell the colours apart. */
const SHAPES: Record<Tone, string> = {
  good: 'M2 8.500 6 12.500 14 4',
  busy: 'M3 8h10M9 4l4 4-4 4',
  warn: 'M8 2.500 14.500 13.500H1.500ZM8 6.500v3.500',
  bad: 'M3.500 3.500l9 9M12.500 3.500l-9 9',
  idle: 'M3 8h10',
};

/** The shape of a tone alone; a word for it stands beside. */
export function Sign({ tone }: { tone: Tone }) {
  return <svg viewBox="0 0 16 16" width="12" height="12" className={`sign ${tone}`} aria-hidden="true" focusable="false"><path d={SHAPES[tone]} /></svg>;
}

/** A state in a word, with its colour and shape. */
export function Mark({ tone, text }: { tone: Tone; text: string }) {
  return (
    <span className={`mark ${tone}`}>
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" focusable="false"><path d={SHAPES[tone]} /></svg>
      {text}
    </span>
  );
}
