-- Every due time of every schedule, made before it is due. Quartz keeps its own tables beside these.
CREATE SCHEMA IF NOT EXISTS scheduling;

CREATE TABLE scheduling.occurrence (
    id          uuid PRIMARY KEY,
    schedule    text        NOT NULL,
    due_at      timestamptz NOT NULL,
    day         date        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('PLANNED', 'RUN_NOW', 'BACKFILL')),
    state       text        NOT NULL CHECK (state IN ('DUE', 'RUNNING', 'DONE', 'FAILED', 'MISSED')),
    attempts    integer     NOT NULL DEFAULT 0,
    started_at  timestamptz,
    ended_at    timestamptz,
    node        text,
    cause       text,
    lease_until timestamptz -- while RUNNING: the node is alive at least as long; by the server's clock
);

-- A due time exists once, however many nodes plan it; somebody may ask for a run twice in one moment.
CREATE UNIQUE INDEX occurrence_planned_once ON scheduling.occurrence (schedule, due_at) WHERE kind = 'PLANNED';
-- One run at a time in the whole cluster.
CREATE UNIQUE INDEX occurrence_one_running ON scheduling.occurrence (schedule) WHERE state = 'RUNNING';
CREATE INDEX occurrence_by_time ON scheduling.occurrence (schedule, due_at DESC);
CREATE INDEX occurrence_open ON scheduling.occurrence (state, due_at) WHERE state IN ('DUE', 'RUNNING');

-- Until when some hub had the schedule: what was due later and is past was missed by all.
CREATE TABLE scheduling.watch (
    schedule      text PRIMARY KEY,
    watched_until timestamptz NOT NULL
);
