/** Names by which the pages and the keyboard find each other. */
export const SEARCH = 'omnibox';
export const HELP = 'yuzui-help';

export function askForHelp() {
  document.dispatchEvent(new Event(HELP));
}
