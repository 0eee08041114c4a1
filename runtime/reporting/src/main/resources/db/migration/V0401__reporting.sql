create schema if not exists reporting;

-- What units answered. A correction is a new row with the next version, the highest version counts.
create table reporting.submissions (
    form    text        not null,
    unit    text        not null,
    day     date        not null,
    version integer     not null check (version > 0),
    cells   jsonb       not null,
    record  uuid,
    at      timestamptz not null
);

-- One index for the three reads: a unit's latest answer, the totals of a form over days, and the race for a version.
create unique index submissions_version on reporting.submissions (form, day, unit, version desc);

create function reporting.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'a submission never changes; a correction is its next version';
end
$$;

create trigger submissions_immutable before update on reporting.submissions
    for each row execute function reporting.refuse_change();
