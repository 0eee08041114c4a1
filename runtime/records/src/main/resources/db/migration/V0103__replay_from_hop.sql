ALTER TABLE records.replay
    ADD COLUMN from_arrival boolean NOT NULL DEFAULT false,  -- by the route that they came by, ended or not
    ADD COLUMN version text NOT NULL DEFAULT 'CURRENT';      -- ORIGINAL: only what the running version had before
