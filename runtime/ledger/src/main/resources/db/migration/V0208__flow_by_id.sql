-- A flow is looked for in every table before it is placed: its id is written nowhere in order, so that each look reads a page of each index.
-- A hash index of ids is a third of an ordered one of the key, and what it finds is one page away. The key guarded nothing besides: a flow is
-- one over all tables, which no key can say; the drain looks before it places, under a lock.
DO $$
BEGIN
    EXECUTE (SELECT format('ALTER TABLE ledger.flow DROP CONSTRAINT %I', conname) FROM pg_constraint
             WHERE conrelid = 'ledger.flow'::regclass AND contype = 'p');
END
$$;
SET LOCAL maintenance_work_mem = '256MB';
CREATE INDEX flow_id ON ledger.flow USING hash (id);
