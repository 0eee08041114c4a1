-- What a search by text looks at, in one piece so that one index can serve it.
CREATE FUNCTION ledger.flow_text(key text, source_id text, cause text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(key, '') || E'\n' || coalesce(source_id, '') || E'\n' || coalesce(cause, '');

-- The index for it, where the server has pg_trgm and lets us have it; a search reads more without it, and finds the same.
DO $$
DECLARE
    home name;
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA ledger;
    SELECT nspname INTO STRICT home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'pg_trgm';
    EXECUTE format('CREATE INDEX flow_text ON ledger.flow USING gin (ledger.flow_text(key, source_id, cause) %I.gin_trgm_ops)', home);
EXCEPTION
    WHEN undefined_file OR insufficient_privilege OR feature_not_supported THEN
        RAISE NOTICE 'no pg_trgm: text search without an index';
END
$$;
