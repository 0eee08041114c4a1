CREATE SCHEMA IF NOT EXISTS records;

-- Every content that a key ever had. The id is made of contract, key and content, so the primary key is the inbox:
-- a record that comes a second time finds its row and changes nothing.
CREATE TABLE records.record (
    id         uuid        PRIMARY KEY,
    contract   text        NOT NULL,
    key        text        NOT NULL,
    version    int         NOT NULL,
    latest     boolean     NOT NULL,
    unit       text,
    day        date,
    ord        text COLLATE "C",
    arrived_at timestamptz NOT NULL,
    fields     jsonb,
    body       json        NOT NULL
);

CREATE UNIQUE INDEX record_key ON records.record (contract, key, version);
CREATE UNIQUE INDEX record_latest ON records.record (contract, key) WHERE latest;
CREATE INDEX record_day ON records.record (contract, day, unit);
