-- A route that somebody stopped by hand; the row goes when it is started.
CREATE SCHEMA IF NOT EXISTS routing;

CREATE TABLE routing.stopped_route (
    owner  text        NOT NULL,
    route  text        NOT NULL,
    who    text        NOT NULL,
    reason text,
    since  timestamptz NOT NULL,
    PRIMARY KEY (owner, route)
);
