-- What a flow is found by besides its columns, as numbers: keyed hashes of its record's indexed fields, and what it was made from. Values
-- stand nowhere. One GIN index for them: it keeps many flows of one number in a few bytes each.
ALTER TABLE ledger.flow ADD COLUMN terms bigint[],
    -- As attention is: no update in the life of an ordinary flow changes it, so it may have an index.
    ADD COLUMN settled boolean GENERATED ALWAYS AS (CASE WHEN status = 6 THEN true END) STORED;

UPDATE ledger.flow f SET terms = p.terms
FROM (SELECT flow, array_agg(DISTINCT ('x' || left(replace(parent::text, '-', ''), 16))::bit(64)::bigint
                                      # ('x' || right(replace(parent::text, '-', ''), 16))::bit(64)::bigint) AS terms
      FROM ledger.hop WHERE parent IS NOT NULL AND kind IN (0, 1, 2, 3, 4) GROUP BY flow) p
WHERE p.flow = f.id;

CREATE INDEX flow_term ON ledger.flow USING gin (terms, (ARRAY[plugin, route]));
CREATE INDEX flow_settled ON ledger.flow (first_at, id) WHERE settled;
CREATE INDEX flow_cause_code ON ledger.flow (cause_code, first_at, id) WHERE cause_code IS NOT NULL;

-- With what counting the groups needs, so that it reads the index alone.
DROP INDEX ledger.flow_cause;
CREATE INDEX flow_cause ON ledger.flow (cause_print, first_at, id) INCLUDE (attention) WHERE attention IS NOT NULL;

-- The index of trigrams knows the letters of the server's locale, which are Latin ones here. So it is made of texts in which every other
-- character is spelled out, each by itself: what is part of a text is part of its spelling. Two Chinese characters are eight trigrams.
CREATE FUNCTION ledger.spelled_out(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (SELECT string_agg(CASE WHEN ascii(c) < 128 THEN c ELSE 'u' || CASE WHEN ascii(c) < 65536 THEN lpad(to_hex(ascii(c)), 4, '0')
                                                                        ELSE to_hex(ascii(c)) END END, '' ORDER BY n)
     FROM unnest(string_to_array(lower(t), NULL)) WITH ORDINALITY AS x (c, n));

-- Apart from the one above so that the planner can put it into a query's own expressions: most texts have nothing to spell out.
CREATE FUNCTION ledger.spelled(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN octet_length(t) = char_length(t) THEN lower(t) ELSE ledger.spelled_out(t) END;

DO $$
DECLARE
    home name;
BEGIN
    SELECT nspname INTO home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'pg_trgm';
    IF home IS NOT NULL THEN
        DROP INDEX IF EXISTS ledger.flow_text;
        EXECUTE format('CREATE INDEX flow_text ON ledger.flow USING gin (ledger.spelled(ledger.flow_text(key, source_id, cause)) %I.gin_trgm_ops)', home);
    END IF;
END
$$;
