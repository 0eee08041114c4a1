-- Indexes that a migration wants and does not make itself: a large table would keep the hub from starting for as long as that takes. They are
-- made beside the work, table by table; a row goes when its index is there.
CREATE TABLE store.late_index (
    name       text PRIMARY KEY, -- of the index, in the table's schema
    of_table   text NOT NULL,    -- with its schema
    definition text NOT NULL     -- what stands behind ON and the table: USING hash (id)
);
