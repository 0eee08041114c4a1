/** Names by which the pages and the keyboard find each other. */
export const SEARCH = 'omnibox';
export const HELP = 'yuzui-help';

export function askForHelp() {
  document.dispatchEvent(new Event(HELP));
}

const PATIENCE = 1500;

/**
 * Whether a key comes soon enough after `g` to be meant with it.
 *
 * @param went when `g` was pressed, undefined when it was not the key before; ms, as now
 */
export function followsGo(went: number | undefined, now: number): boolean {
  return went !== undefined && now - went < PATIENCE;
}

/**
 * Whether a key that was pressed is a shortcut: nobody types, no dialog stands open, and nobody else has taken it. Nobody types
 * into a tick either.
 */
export function isShortcut(e: KeyboardEvent): boolean {
  return !e.defaultPrevented && !e.ctrlKey && !e.metaKey && !e.altKey && document.querySelector('dialog[open]') === null
    && !(e.target instanceof HTMLElement && (e.target.isContentEditable || e.target.matches('input:not([type=checkbox]), textarea, select')));
}
