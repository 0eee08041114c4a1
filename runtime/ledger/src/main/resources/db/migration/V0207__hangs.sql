-- Every record is ACCEPTED for a moment, so that an index of those would be paid for by all. What is looked for are those that stay so: they are
-- marked when they are twenty minutes old, and indexed then. Up to what time that was done stands here; what is younger is walked over.
ALTER TABLE ledger.flow ADD COLUMN hangs boolean;

CREATE TABLE ledger.watched (until timestamptz NOT NULL);
INSERT INTO ledger.watched VALUES (now() - interval '20 minutes');

UPDATE ledger.flow SET hangs = true WHERE status = 0;

CREATE INDEX flow_hangs ON ledger.flow (first_at, id) WHERE hangs;
