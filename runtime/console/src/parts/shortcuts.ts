/** Names by which the pages and the keyboard find each other. */
export const SEARCH = 'omnibox';
export const HELP = 'yuzui-help';

export function askForHelp() {
  document.dispatchEvent(new Event(HELP));
}

/**
 * Whether a key that was pressed is a shortcut: nobody types, no dialog stands open, and nobody else has taken it. Nobody types
 * into a tick either.
 */
export function isShortcut(e: KeyboardEvent): boolean {
  return !e.defaultPrevented && !e.ctrlKey && !e.metaKey && !e.altKey && document.querySelector('dialog[open]') === null
    && !(e.target instanceof HTMLElement && (e.target.isContentEditable || e.target.matches('input:not([type=checkbox]), textarea, select')));
}
