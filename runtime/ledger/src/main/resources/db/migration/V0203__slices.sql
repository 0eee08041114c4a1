-- What is forgotten together lies together: rows of the same number of days to keep, and of the same stretch of time, are a
-- table of their own. Forgetting is dropping that table.

-- The stretch that a time lies in. Flows are looked up by id in every stretch, so there must be few of them: a day for what is
-- kept two weeks, a week for a quarter, a month for two years, else a year. Hops are only looked up by time: a day each.
CREATE FUNCTION ledger.slice(what text, keep integer, at timestamptz) RETURNS tstzrange LANGUAGE sql STABLE AS $$
    SELECT tstzrange(s.first AT TIME ZONE 'UTC', (s.first + s.width) AT TIME ZONE 'UTC')
    FROM (SELECT date_trunc(w.unit, at AT TIME ZONE 'UTC') AS first, ('1 ' || w.unit)::interval AS width
          FROM (SELECT CASE WHEN what = 'hop' OR keep <= 14 THEN 'day' WHEN keep <= 92 THEN 'week'
                            WHEN keep <= 731 THEN 'month' ELSE 'year' END AS unit) w) s
$$;

-- Makes the table of a stretch, if it is not there. Callers take turns: see the lock "hops" of the drain.
CREATE FUNCTION ledger.open_slice(what text, keep integer, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    class text := format('%s_k%s', what, keep);
    span tstzrange := ledger.slice(what, keep, at);
    name text := format('%s_%s', class, to_char(lower(span) AT TIME ZONE 'UTC', 'YYYYMMDD'));
BEGIN
    -- CREATE … IF NOT EXISTS locks the whole table first; asking does not.
    IF to_regclass('ledger.' || name) IS NOT NULL THEN
        RETURN;
    END IF;
    IF to_regclass('ledger.' || class) IS NULL THEN
        EXECUTE format('CREATE TABLE ledger.%I PARTITION OF ledger.%I FOR VALUES IN (%s) PARTITION BY RANGE (%I)',
                class, what, keep, CASE what WHEN 'hop' THEN 'at' ELSE 'placed' END);
    END IF;
    EXECUTE format('CREATE TABLE ledger.%I PARTITION OF ledger.%I FOR VALUES FROM (%L) TO (%L)', name, class, lower(span), upper(span));
    IF what = 'flow' THEN
        -- Room on each page: the updates in the life of an ordinary flow stay there and touch no index.
        EXECUTE format('ALTER TABLE ledger.%I SET (fillfactor = 75)', name);
    END IF;
END
$$;

-- Tables that hold only what is older than it is to be kept. A day more than the days: a stretch ends at midnight UTC.
CREATE FUNCTION ledger.outlived(now timestamptz) RETURNS TABLE (name text) LANGUAGE sql STABLE AS $$
    SELECT c.relname::text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'ledger' AND c.relkind = 'r' AND c.relispartition
      AND c.relname ~ '^(hop|flow|payload)_k[0-9]+_[0-9]{8}$'
      AND upper(ledger.slice(split_part(c.relname, '_', 1), substr(split_part(c.relname, '_', 2), 2)::integer,
                to_timestamp(split_part(c.relname, '_', 3) || ' UTC', 'YYYYMMDD TZ')))
          + make_interval(days => substr(split_part(c.relname, '_', 2), 2)::integer) <= now
$$;

ALTER TABLE ledger.hop RENAME TO hop_before;
ALTER TABLE ledger.flow RENAME TO flow_before;
ALTER TABLE ledger.payload RENAME TO payload_before;
ALTER INDEX ledger.flow_time RENAME TO flow_before_time;
ALTER INDEX ledger.flow_contract RENAME TO flow_before_contract;
ALTER INDEX ledger.flow_unit RENAME TO flow_before_unit;
ALTER INDEX ledger.flow_key RENAME TO flow_before_key;
ALTER INDEX ledger.flow_attention RENAME TO flow_before_attention;
DROP INDEX IF EXISTS ledger.flow_text;

-- One row for each step; the key is both what absorbs a hop that is delivered again and what finds the hops of a flow.
CREATE TABLE ledger.hop (
    flow         uuid        NOT NULL,
    at           timestamptz NOT NULL,
    id           bigint      NOT NULL,
    keep         integer     NOT NULL, -- days
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
    PRIMARY KEY (flow, at, id, keep)
) PARTITION BY LIST (keep);

-- What its hops add up to. A flow stays where it was placed first, whatever comes later.
CREATE TABLE ledger.flow (
    id          uuid        NOT NULL,
    keep        integer     NOT NULL, -- days
    placed      timestamptz NOT NULL, -- the time of the hop that was written first
    status      smallint    NOT NULL,
    marks       smallint    NOT NULL, -- what kinds of hops there are, as bits
    contract    text COLLATE "C",
    key         text COLLATE "C",
    unit        text COLLATE "C",
    plugin      text COLLATE "C",
    route       text COLLATE "C",
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
    cause_code  text COLLATE "C",
    cause       text,
    cause_print bigint,               -- the same for the same trouble, whatever record it befell
    -- The status when somebody should look at it: not ACCEPTED (0), DELIVERED (1) nor SETTLED (6).
    attention   smallint GENERATED ALWAYS AS (CASE WHEN status BETWEEN 2 AND 5 THEN status END) STORED,
    PRIMARY KEY (id, keep, placed)
) PARTITION BY LIST (keep);

CREATE INDEX flow_time ON ledger.flow (first_at, id);
CREATE INDEX flow_contract ON ledger.flow (contract, first_at, id);
CREATE INDEX flow_unit ON ledger.flow (unit, first_at, id);
CREATE INDEX flow_key ON ledger.flow (key, first_at, id);
CREATE INDEX flow_attention ON ledger.flow (attention, first_at, id) WHERE attention IS NOT NULL;
CREATE INDEX flow_cause ON ledger.flow (cause_print, first_at, id) WHERE attention IS NOT NULL;

-- Messages as they arrived, encrypted by the hub. The same message has the same flow.
CREATE TABLE ledger.payload (
    flow   uuid        NOT NULL,
    keep   integer     NOT NULL,
    placed timestamptz NOT NULL,
    content boolean    NOT NULL DEFAULT false, -- of a record, as a route made it; else a message of a source
    sealed bytea       NOT NULL,
    PRIMARY KEY (flow, keep, placed)
) PARTITION BY LIST (keep);
ALTER TABLE ledger.payload ALTER COLUMN sealed SET STORAGE EXTERNAL; -- it is deflated already

DO $$
DECLARE
    home name;
BEGIN
    SELECT nspname INTO home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'pg_trgm';
    IF home IS NOT NULL THEN
        EXECUTE format('CREATE INDEX flow_text ON ledger.flow USING gin (ledger.flow_text(key, source_id, cause) %I.gin_trgm_ops)', home);
    END IF;
END
$$;

DO $$
DECLARE
    day timestamptz;
BEGIN
    FOR day IN SELECT DISTINCT date_trunc('day', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' FROM ledger.hop_before LOOP
        PERFORM ledger.open_slice('hop', 183, day);
    END LOOP;
    FOR day IN SELECT DISTINCT date_trunc('day', first_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' FROM ledger.flow_before LOOP
        PERFORM ledger.open_slice('flow', 183, day);
        PERFORM ledger.open_slice('payload', 183, day);
    END LOOP;
END
$$;

INSERT INTO ledger.hop (flow, at, id, keep, kind, node, plugin, version, route, subscription, source, source_type, source_id, parent,
                        micros, size, cause_code, cause)
SELECT flow, at, id, 183, kind, node, plugin, version, route, subscription, source, source_type, source_id, parent,
       micros, size, cause_code, cause FROM ledger.hop_before;

INSERT INTO ledger.flow (id, keep, placed, status, marks, contract, key, unit, plugin, source, source_type, source_id, first_at, last_at,
                         arrived_at, arrivals, hops, size, cause_at, cause_code, cause)
SELECT id, 183, first_at, status, marks, contract, key, unit, plugin, source, source_type, source_id, first_at, last_at,
       arrived_at, arrivals, hops, size, cause_at, cause_code, cause FROM ledger.flow_before;

INSERT INTO ledger.payload (flow, keep, placed, sealed)
SELECT p.flow, 183, f.first_at, p.sealed FROM ledger.payload_before p JOIN ledger.flow_before f ON f.id = p.flow;

DROP TABLE ledger.hop_before, ledger.flow_before, ledger.payload_before;
