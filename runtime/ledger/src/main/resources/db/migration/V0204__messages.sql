-- Messages and contents that are kept beside hops, sealed by the hub. They are only looked for by the time of a hop that speaks of them, so
-- their stretches may be short, and what is to be gone after a month is gone after a month: a day for what is kept a year, a week for two
-- years, else a month.
CREATE OR REPLACE FUNCTION ledger.slice(what text, keep integer, at timestamptz) RETURNS tstzrange LANGUAGE sql STABLE AS $$
    SELECT tstzrange(s.first AT TIME ZONE 'UTC', (s.first + s.width) AT TIME ZONE 'UTC')
    FROM (SELECT date_trunc(w.unit, at AT TIME ZONE 'UTC') AS first, ('1 ' || w.unit)::interval AS width
          FROM (SELECT CASE WHEN what IN ('message', 'file') THEN CASE WHEN keep <= 366 THEN 'day' WHEN keep <= 731 THEN 'week' ELSE 'month' END
                            WHEN what = 'hop' OR keep <= 14 THEN 'day' WHEN keep <= 92 THEN 'week'
                            WHEN keep <= 731 THEN 'month' ELSE 'year' END AS unit) w) s
$$;

CREATE OR REPLACE FUNCTION ledger.outlived(now timestamptz) RETURNS TABLE (name text) LANGUAGE sql STABLE AS $$
    SELECT c.relname::text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'ledger' AND c.relkind = 'r' AND c.relispartition
      AND c.relname ~ '^(hop|flow|message|file)_k[0-9]+_[0-9]{8}$'
      AND upper(ledger.slice(split_part(c.relname, '_', 1), substr(split_part(c.relname, '_', 2), 2)::integer,
                to_timestamp(split_part(c.relname, '_', 3) || ' UTC', 'YYYYMMDD TZ')))
          + make_interval(days => substr(split_part(c.relname, '_', 2), 2)::integer) <= now
$$;

-- What a hop speaks of: for an arrival the message that it came as, for a delivery what was handed over. What a flow was refused as, and the
-- content of a record that no store has, lie under the flow's own id.
ALTER TABLE ledger.hop ADD COLUMN message uuid;

CREATE TABLE ledger.message (
    id      uuid        NOT NULL, -- made of its content; or the record's
    keep    integer     NOT NULL, -- days
    placed  timestamptz NOT NULL,
    content boolean     NOT NULL DEFAULT false, -- of a record, JSON; else a message of a source
    size    bigint,               -- bytes; null for what was kept before it was counted
    sha     bytea,                -- of one that lies in a file, whose name it is; else null
    sealed  bytea,                -- of one that lies here; else null
    PRIMARY KEY (id, keep, placed)
) PARTITION BY LIST (keep);
ALTER TABLE ledger.message ALTER COLUMN sealed SET STORAGE EXTERNAL; -- it is deflated already

-- Which files are still spoken of; a file that is in none of these is swept.
CREATE TABLE ledger.file (
    sha    bytea       NOT NULL,
    keep   integer     NOT NULL,
    placed timestamptz NOT NULL,
    PRIMARY KEY (sha, keep, placed)
) PARTITION BY LIST (keep);

CREATE OR REPLACE FUNCTION ledger.open_slice(what text, keep integer, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
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
    ELSIF what = 'message' THEN
        EXECUTE format('ALTER TABLE ledger.%I ALTER COLUMN sealed SET STORAGE EXTERNAL', name);
    END IF;
END
$$;

DO $$
DECLARE
    day record;
BEGIN
    FOR day IN SELECT DISTINCT keep, date_trunc('day', placed AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS placed FROM ledger.payload LOOP
        PERFORM ledger.open_slice('message', day.keep, day.placed);
    END LOOP;
END
$$;

INSERT INTO ledger.message (id, keep, placed, content, size, sealed)
SELECT flow, keep, placed, content, NULL, sealed FROM ledger.payload;

DROP TABLE ledger.payload;
