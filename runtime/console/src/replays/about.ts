import { readFilters, type Filters } from '../records/filters';

/** What a replay was asked for, as it is kept: filters, and whether single flows were chosen of what they match. */
export type About = { filters: Filters; chosen: number | undefined; subscription: string | undefined; units: number | undefined };

export function readAbout(json: string): About {
  let about: Record<string, unknown> = {};
  try {
    about = JSON.parse(json) as Record<string, unknown>;
  } catch {
    // what an older hub kept is shown as far as it is understood
  }
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  return {
    filters: readFilters(about),
    chosen: number(about.chosen),
    units: number(about.units),
    subscription: typeof about.subscription === 'string' ? about.subscription : undefined,
  };
}
