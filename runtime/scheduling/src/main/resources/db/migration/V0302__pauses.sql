-- A schedule that somebody paused; the row goes when it is resumed.
CREATE TABLE scheduling.pause (
    schedule text PRIMARY KEY,
    who      text        NOT NULL,
    reason   text,
    since    timestamptz NOT NULL
);

-- What became due during a pause; and who asked for a run that did not come by itself.
ALTER TABLE scheduling.occurrence DROP CONSTRAINT occurrence_state_check;
ALTER TABLE scheduling.occurrence ADD CONSTRAINT occurrence_state_check
    CHECK (state IN ('DUE', 'RUNNING', 'DONE', 'FAILED', 'MISSED', 'SKIPPED'));
ALTER TABLE scheduling.occurrence ADD COLUMN asked_by text;
