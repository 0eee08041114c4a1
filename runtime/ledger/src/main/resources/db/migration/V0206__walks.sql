-- What is frequent is found by walking down the newest flows, what is rare by one inverted index: so that contracts and units, and whatever is
-- asked for together, need no ordered index each. An entry of a number that many flows have takes a few bytes there, in an ordered one seventy.
SET LOCAL maintenance_work_mem = '256MB';

DROP INDEX ledger.flow_contract, ledger.flow_unit, ledger.flow_term, ledger.flow_key;
DROP INDEX IF EXISTS ledger.flow_text;

CREATE INDEX flow_key ON ledger.flow (key);
CREATE INDEX flow_term ON ledger.flow USING gin (terms, (ARRAY[plugin, route, contract, unit]));

-- Few flows ever have trouble, so that walking down these is walking thirty times as far. With what causes are counted by, so that counting
-- reads the index alone. An ordinary flow has no entry.
CREATE INDEX flow_trouble ON ledger.flow (first_at, id) INCLUDE (attention, cause_print, cause_code, contract, unit, plugin)
    WHERE attention IS NOT NULL OR cause IS NOT NULL;

CREATE FUNCTION ledger.flow_ids(key text, source_id text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(key, '') || E'\n' || coalesce(source_id, '');

-- Ids and causes apart: in ids the trigrams of a Chinese sentence's spelling are frequent, and among the few causes they are not.
DO $$
DECLARE
    home name;
BEGIN
    SELECT nspname INTO home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'pg_trgm';
    IF home IS NOT NULL THEN
        EXECUTE format('CREATE INDEX flow_ids ON ledger.flow USING gin (ledger.spelled(ledger.flow_ids(key, source_id)) %I.gin_trgm_ops)', home);
        EXECUTE format('CREATE INDEX flow_cause_text ON ledger.flow USING gin (ledger.spelled(cause) %I.gin_trgm_ops) WHERE cause IS NOT NULL', home);
    END IF;
END
$$;

DROP FUNCTION ledger.flow_text;

-- The tables of flows: what they may hold, and the first arrivals that they do hold. An index of each knows the latter.
CREATE FUNCTION ledger.flow_spans() RETURNS TABLE (keep integer, placed_from timestamptz, placed_until timestamptz,
                                                   first_at timestamptz, last_at timestamptz) LANGUAGE plpgsql STABLE AS $$
DECLARE
    leaf name;
    span tstzrange;
BEGIN
    FOR leaf IN SELECT c.relname FROM pg_partition_tree('ledger.flow') t JOIN pg_class c ON c.oid = t.relid WHERE t.isleaf LOOP
        keep := substr(split_part(leaf, '_', 2), 2)::integer;
        span := ledger.slice('flow', keep, to_timestamp(split_part(leaf, '_', 3) || ' UTC', 'YYYYMMDD TZ'));
        placed_from := lower(span);
        placed_until := upper(span);
        BEGIN
            EXECUTE format('SELECT min(first_at), max(first_at) FROM ledger.%I', leaf) INTO first_at, last_at;
        EXCEPTION
            WHEN undefined_table THEN
                CONTINUE; -- it was outlived just now
        END;
        IF first_at IS NOT NULL THEN
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

-- What the new expressions look like, which the planner knows nothing of yet.
ANALYZE ledger.flow;
