/** What the hub calls the owner of the routes in routes/. */
export const SITE = 'site';
