import { useEffect, useSyncExternalStore } from 'react';

/** What the page that is shown is about, besides which page it is. */
let about: string | undefined;
const listeners = new Set<() => void>();

function say(next: string | undefined) {
  about = next;
  listeners.forEach((listener) => listener());
}

/** Says what a page is about: by that somebody with many windows finds it again. */
export function useTitle(text: string | undefined) {
  useEffect(() => {
    say(text);
    return () => say(undefined);
  }, [text]);
}

export function useAbout(): string | undefined {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => about);
}
