-- Who did what, and why. Entries are only ever added.
CREATE SCHEMA IF NOT EXISTS access;

CREATE TABLE access.audit (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    who     text        NOT NULL,
    act     text        NOT NULL,
    object  text,
    reason  text,
    details jsonb       NOT NULL
);

CREATE INDEX audit_by_object ON access.audit (object, number DESC);
CREATE INDEX audit_by_who ON access.audit (who, number DESC);
CREATE INDEX audit_by_act ON access.audit (act, number DESC);

CREATE FUNCTION access.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit only grows: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON access.audit
    FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_change();
