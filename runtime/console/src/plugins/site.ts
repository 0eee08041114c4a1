/** What the hub calls the owner of the routes in routes/. */
export const SITE = 'site';
/** What it calls itself, where it made a record on its own. */
export const HUB = 'hub';

/** Whether it is a plugin, with a page of its own. */
export const isPlugin = (owner: string) => owner !== SITE && owner !== HUB;
