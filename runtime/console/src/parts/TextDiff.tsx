import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useContext, useEffect, useRef } from 'react';
import { ShadeChoice } from '../theme';
import { nonce } from './nonce';
import { useWide } from './wide';

type Props = {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
  /** Told of every change of the later text, which can then be edited. */
  onChange?: (text: string) => void;
  /** A line of the later text to go to, from 1; a new object goes there once more. */
  at?: { line: number };
};

const THEME = {
  '&': { fontSize: '12px', color: 'var(--text)', backgroundColor: 'var(--ground)' },
  '&.cm-focused': { outline: '2px solid var(--water)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: "ui-monospace, SFMono-Regular, Consolas, 'Liberation Mono', monospace", lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--soft)', border: 'none' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { background: 'var(--foam) !important' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--bad-ground)' },
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--good-ground)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': { background: 'none', color: 'var(--bad)', fontWeight: '700', textDecoration: 'underline' },
  '&.cm-merge-b .cm-changedText': { background: 'none', color: 'var(--good)', fontWeight: '700', textDecoration: 'underline' },
  '.cm-collapsedLines': { background: 'var(--idle-ground)', color: 'var(--idle)', padding: '2px 8px' },
};

/** Two texts beside each other, one below the other where there is no room, with what differs marked. */
export default function TextDiff({ before, after, beforeLabel, afterLabel, onChange, at }: Props) {
  const { shade } = useContext(ShadeChoice);
  const wide = useWide(860);
  const box = useRef<HTMLDivElement>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const editable = onChange !== undefined;
  const now = useRef(after);
  if (!editable) now.current = after;
  // an edited text is the editor's own; another one that is put in from outside is taken over
  const given = useRef(after);
  const outside = editable && given.current !== after && now.current !== after;
  if (outside) now.current = after;
  given.current = after;
  const editor = useRef<EditorView>(null);
  const round = useRef(0);
  if (outside) round.current++;
  const turn = editable ? round.current : after;

  useEffect(() => {
    const look: Extension = [EditorView.cspNonce.of(nonce), EditorView.theme(THEME, { dark: shade === 'dark' }), lineNumbers(), EditorView.lineWrapping];
    const fixed: Extension = [EditorState.readOnly.of(true), EditorView.editable.of(false)];
    const named = (label: string) => EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' });
    const free: Extension = editable ? [history(), keymap.of([...defaultKeymap, ...historyKeymap]), EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      now.current = update.state.doc.toString();
      changed.current?.(now.current);
    })] : fixed;
    const fold = editable ? {} : { collapseUnchanged: { margin: 3, minSize: 8 } };
    const view = wide
      ? new MergeView({
        parent: box.current!, ...fold, gutter: true,
        a: { doc: before, extensions: [look, fixed, named(beforeLabel)] },
        b: { doc: now.current, extensions: [look, free, named(afterLabel)] },
      })
      : new EditorView({
        parent: box.current!,
        state: EditorState.create({
          doc: now.current,
          extensions: [look, free, named(afterLabel), unifiedMergeView({ original: before, mergeControls: false, ...fold })],
        }),
      });
    editor.current = view instanceof MergeView ? view.b : view;
    return () => view.destroy();
  }, [before, turn, beforeLabel, afterLabel, shade, wide, editable]);

  useEffect(() => {
    const view = editor.current;
    if (!at || !view) return;
    const line = view.state.doc.line(Math.min(at.line, view.state.doc.lines));
    view.dispatch({ selection: { anchor: line.from, head: line.to }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) });
    view.focus();
  }, [at]);

  return (
    <div className="text-diff">
      {wide && <div className="labels"><b>{beforeLabel}</b><b>{afterLabel}</b></div>}
      <div ref={box} />
    </div>
  );
}
