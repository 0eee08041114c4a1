-- What reviewers said about a version. Where a submission stands is worked out from these, never written down.
create table reporting.reviews (
    id       bigint generated always as identity primary key,
    form     text        not null,
    period   text        not null,
    day      date        not null,
    unit     text        not null,
    version  integer     not null,
    reviewer text        not null,
    accepted boolean     not null,
    reasons  jsonb       not null,
    due      timestamptz,
    who      text        not null,
    at       timestamptz not null,
    check (accepted = (due is null))
);
create index reviews_period on reporting.reviews (form, period, day, unit, id);

-- Nobody below a unit may hand in any more; the newest row of a unit counts.
create table reporting.locks (
    id     bigint generated always as identity primary key,
    form   text        not null,
    period text        not null,
    day    date        not null,
    unit   text        not null,
    locked boolean     not null,
    reason text        not null,
    who    text        not null,
    at     timestamptz not null
);
create index locks_period on reporting.locks (form, period, day, id);

-- What is different for one unit; the newest row of a kind counts.
create table reporting.exceptions (
    id     bigint generated always as identity primary key,
    form   text        not null,
    period text        not null,
    day    date        not null,
    unit   text        not null,
    kind   text        not null check (kind in ('excused', 'extended', 'opened')),
    until  timestamptz,
    valid  boolean     not null,
    reason text        not null,
    who    text        not null,
    at     timestamptz not null
);
create index exceptions_period on reporting.exceptions (form, period, day, id);

create trigger reviews_immutable before update on reporting.reviews
    for each row execute function reporting.refuse_change();
create trigger locks_immutable before update on reporting.locks
    for each row execute function reporting.refuse_change();
create trigger exceptions_immutable before update on reporting.exceptions
    for each row execute function reporting.refuse_change();
