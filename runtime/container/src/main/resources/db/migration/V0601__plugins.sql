-- Which plugins a node wants, and all that it needs to go back to what it had. Every table is by node.
CREATE SCHEMA IF NOT EXISTS plugins;

-- The last versions, as they were brought.
CREATE TABLE plugins.jar (
    node      text        NOT NULL,
    sha256    text        NOT NULL,
    plugin    text        NOT NULL,
    version   text        NOT NULL,
    file      text        NOT NULL,
    bytes     bigint      NOT NULL,
    since     timestamptz NOT NULL,
    last_ran  timestamptz, -- made the running one last; null when it never came up
    settings  bigint,      -- the revision that it ran with last
    signature text,        -- the detached one
    PRIMARY KEY (node, sha256)
);
CREATE INDEX jar_by_plugin ON plugins.jar (node, plugin);

CREATE TABLE plugins.jar_chunk (
    node   text    NOT NULL,
    sha256 text    NOT NULL,
    no     integer NOT NULL,
    data   bytea   NOT NULL,
    PRIMARY KEY (node, sha256, no),
    FOREIGN KEY (node, sha256) REFERENCES plugins.jar ON DELETE CASCADE
);
-- A jar is compressed already.
ALTER TABLE plugins.jar_chunk ALTER COLUMN data SET STORAGE EXTERNAL;

-- What a start brings up.
CREATE TABLE plugins.wanted (
    node         text        NOT NULL,
    plugin       text        NOT NULL,
    sha256       text        NOT NULL,
    enabled      boolean     NOT NULL,
    settings     bigint,                          -- the revision that holds; null when there never was a file
    settings_due boolean     NOT NULL DEFAULT false, -- that revision has yet to be written to the plugin's file
    who          text        NOT NULL,
    at           timestamptz NOT NULL,
    PRIMARY KEY (node, plugin),
    FOREIGN KEY (node, sha256) REFERENCES plugins.jar
);

-- The history.
CREATE TABLE plugins.event (
    number       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node         text        NOT NULL,
    plugin       text        NOT NULL,
    action       text        NOT NULL,
    from_version text,
    to_version   text,
    file         text,
    sha256       text,
    who          text        NOT NULL,
    door         text        NOT NULL,
    started_at   timestamptz NOT NULL,
    outcome      text        NOT NULL CHECK (outcome IN ('UNDER_WAY', 'DONE', 'FAILED', 'INTERRUPTED')),
    problem      text, -- JSON
    took_us      bigint,
    paused_us    bigint,
    settings     bigint,
    plan         text  -- JSON
);
CREATE INDEX event_by_plugin ON plugins.event (node, plugin, number DESC);
CREATE INDEX event_under_way ON plugins.event (node) WHERE outcome = 'UNDER_WAY';

-- Every text of a plugin's settings that held.
CREATE TABLE plugins.settings (
    node     text        NOT NULL,
    plugin   text        NOT NULL,
    revision bigint      NOT NULL,
    content  bytea, -- null when there was no file
    version  text        NOT NULL,
    who      text        NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (node, plugin, revision)
);

-- The jars in the drop folder as they were seen last.
CREATE TABLE plugins.folder_file (
    node    text NOT NULL,
    name    text NOT NULL,
    sha256  text NOT NULL,
    plugin  text NOT NULL,
    refusal text, -- JSON: why it was not taken; null when it was
    PRIMARY KEY (node, name)
);
