/** The list that was looked at last, and where in it somebody was: a record's page leads on from there, and Back finds the place. */
let ids: readonly string[] = [];
let opened: string | undefined;

export const trail = {
  list: (listed: readonly string[]) => {
    ids = listed;
  },
  open: (id: string) => {
    opened = id;
  },
  opened: () => opened,
  /** What stands above and below a record there; nothing for one that isn't listed. */
  beside: (id: string): { before: string | undefined; after: string | undefined } => {
    const at = ids.indexOf(id);
    return at < 0 ? { before: undefined, after: undefined } : { before: ids[at - 1], after: ids[at + 1] };
  },
};
