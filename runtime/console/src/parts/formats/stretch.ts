/** What of a long list is shown: a stretch of it, and where it begins. */
export type Stretch<T> = { from: number; shown: readonly T[]; all: number };

/** The beginning of a list, or, where what is looked for stands beyond it, a stretch around the first of that. */
export function stretchOf<T>(list: readonly T[], wanted: (item: T, at: number) => boolean, most: number): Stretch<T> {
  const first = list.length <= most ? -1 : list.findIndex(wanted);
  const from = first < most ? 0 : Math.min(first - Math.floor(most / 4), list.length - most);
  return { from, shown: list.slice(from, from + most), all: list.length };
}
