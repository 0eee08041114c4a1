-- Searches that somebody keeps under a name for all who read this hub.
CREATE TABLE records.view (
    name   text        PRIMARY KEY,
    search text        NOT NULL, -- as an address has it behind its ?
    who    text        NOT NULL,
    at     timestamptz NOT NULL
);
