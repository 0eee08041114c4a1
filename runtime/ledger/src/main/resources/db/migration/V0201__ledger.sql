CREATE SCHEMA ledger;

-- One row for each step. Partitions are made by the drain, one for each day (UTC); their index is both what absorbs a
-- redelivered hop and what finds the hops of a flow.
CREATE TABLE ledger.hop (
    flow         uuid        NOT NULL,
    at           timestamptz NOT NULL,
    id           bigint      NOT NULL,
    kind         smallint    NOT NULL,
    node         text,
    plugin       text,
    version      text,
    route        text,
    subscription text,
    source       text,
    source_type  text,
    source_id    text,
    parent       uuid,
    micros       bigint      NOT NULL,
    size         bigint      NOT NULL,
    cause_code   text,
    cause        text,
    PRIMARY KEY (flow, at, id)
) PARTITION BY RANGE (at);

-- What its hops add up to. Only the columns of no index change in the life of an ordinary flow, and pages keep room for
-- that: such updates stay on their page and touch no index.
CREATE TABLE ledger.flow (
    id          uuid        PRIMARY KEY,
    status      smallint    NOT NULL,
    marks       smallint    NOT NULL, -- what kinds of hops there are, as bits
    contract    text COLLATE "C",
    key         text COLLATE "C",
    unit        text COLLATE "C",
    plugin      text,
    source      text,
    source_type text,
    source_id   text,
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    arrived_at  timestamptz,
    arrivals    integer     NOT NULL,
    hops        integer     NOT NULL,
    size        bigint      NOT NULL,
    cause_at    timestamptz,
    cause_code  text,
    cause       text,
    -- The status when somebody should look at it: not ACCEPTED (0) nor DELIVERED (1).
    attention   smallint GENERATED ALWAYS AS (CASE WHEN status > 1 THEN status END) STORED
) WITH (fillfactor = 75);

CREATE INDEX flow_time ON ledger.flow (first_at, id);
CREATE INDEX flow_contract ON ledger.flow (contract, first_at, id);
CREATE INDEX flow_unit ON ledger.flow (unit, first_at, id);
CREATE INDEX flow_key ON ledger.flow (key);
CREATE INDEX flow_attention ON ledger.flow (attention, first_at, id) WHERE attention IS NOT NULL;

-- Refused messages as they arrived, encrypted by the hub. The same message has the same flow.
CREATE TABLE ledger.payload (
    flow   uuid  PRIMARY KEY,
    sealed bytea NOT NULL
);
ALTER TABLE ledger.payload ALTER COLUMN sealed SET STORAGE EXTERNAL;
