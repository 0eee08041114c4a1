-- What each contract has said, in the order in which it was accepted: what comes later must be compatible with the last.
CREATE SCHEMA IF NOT EXISTS contracts;

CREATE TABLE contracts.accepted (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contract    text        NOT NULL,
    plugin      text        NOT NULL,
    schema      text        NOT NULL, -- as it was brought, not as jsonb would write it: it is compared with what comes
    accepted_at timestamptz NOT NULL DEFAULT now()
);

-- Several nodes may accept the same schema at the same time.
CREATE UNIQUE INDEX accepted_once ON contracts.accepted (contract, md5(schema));
