import places from './sichuan.json';

/** A city's short names, and its column and row on the grid, about where it lies on the map. */
type Place = { at: number[]; zh: string; en: string };
const PLACES: Record<string, Place> = places;
export const COLUMNS = Math.max(...Object.values(PLACES).map(({ at }) => at[0]!)) + 1;

export const cityOf = (code: string): Place | undefined => PLACES[code];
export const placeOf = (code: string): readonly number[] | undefined => PLACES[code]?.at;
export const cities = Object.keys(PLACES);

/** How many shades there are. */
export const SHADES = 5;

/** The shade of each value: as many units in one as in another, so that one great city doesn't make all others pale. */
export function shades(values: readonly (number | null)[]): (number | null)[] {
  const sorted = values.filter((v) => v !== null).sort((a, b) => a - b);
  return values.map((v) => (v === null ? null : Math.min(SHADES - 1, Math.floor((sorted.indexOf(v) / Math.max(1, sorted.length)) * SHADES))));
}
