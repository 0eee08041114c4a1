-- What somebody had sent on again. The flows are chosen when it begins: what comes later is another replay.
CREATE TABLE records.replay (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action     text        NOT NULL, -- SEND_ON, DISMISS
    state      text        NOT NULL, -- RUNNING, PAUSED, STOPPED, DONE, FAILED
    who        text        NOT NULL,
    reason     text,
    about      jsonb       NOT NULL, -- what was asked, for people
    subscription text,               -- to this one, also when it had the record before
    per_second integer    NOT NULL,
    applied    bigint      NOT NULL, -- flows that were chosen and needed nothing
    lost       bigint      NOT NULL, -- flows that were chosen and of which no message was kept
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    problem    text
);

CREATE TABLE records.replay_item (
    replay  bigint   NOT NULL REFERENCES records.replay ON DELETE CASCADE,
    seq     integer  NOT NULL,
    flow    uuid     NOT NULL,
    outcome text     NOT NULL DEFAULT 'PENDING', -- PENDING, DONE, SKIPPED, FAILED
    cause   text,
    PRIMARY KEY (replay, seq)
);

CREATE INDEX replay_item_pending ON records.replay_item (replay, seq) WHERE outcome = 'PENDING';
