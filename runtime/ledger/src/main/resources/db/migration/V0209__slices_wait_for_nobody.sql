-- CREATE TABLE … PARTITION OF waits until nobody reads the whole table, and all who come later wait for it; ATTACH PARTITION shares it with
-- those who read and write. A new table is made beside it, and attached: a long search keeps no new day waiting.
CREATE OR REPLACE FUNCTION ledger.open_slice(what text, keep integer, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    class text := format('%s_k%s', what, keep);
    span tstzrange := ledger.slice(what, keep, at);
    name text := format('%s_%s', class, to_char(lower(span) AT TIME ZONE 'UTC', 'YYYYMMDD'));
BEGIN
    IF to_regclass('ledger.' || name) IS NOT NULL THEN
        RETURN;
    END IF;
    IF to_regclass('ledger.' || class) IS NULL THEN
        EXECUTE format('CREATE TABLE ledger.%I (LIKE ledger.%I INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING STORAGE) PARTITION BY RANGE (%I)',
                class, what, CASE what WHEN 'hop' THEN 'at' ELSE 'placed' END);
        EXECUTE format('ALTER TABLE ledger.%I ATTACH PARTITION ledger.%I FOR VALUES IN (%s)', what, class, keep);
    END IF;
    EXECUTE format('CREATE TABLE ledger.%I (LIKE ledger.%I INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING STORAGE)', name, class);
    IF what = 'flow' THEN
        -- Room on each page: the updates in the life of an ordinary flow stay there and touch no index.
        EXECUTE format('ALTER TABLE ledger.%I SET (fillfactor = 75)', name);
    ELSIF what = 'message' THEN
        EXECUTE format('ALTER TABLE ledger.%I ALTER COLUMN sealed SET STORAGE EXTERNAL', name);
    END IF;
    -- Its indexes are made of those of the whole table.
    EXECUTE format('ALTER TABLE ledger.%I ATTACH PARTITION ledger.%I FOR VALUES FROM (%L) TO (%L)', class, name, lower(span), upper(span));
END
$$;
