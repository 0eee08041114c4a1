-- The totals of a period as they are now: what can be added up of all answers below a unit. Everything here can be made
-- again from the submissions, and is, every night.
create table reporting.totals (
    form     text    not null,
    period   text    not null,
    day      date    not null,
    unit     text    not null,
    received integer not null,
    sums     jsonb   not null,
    primary key (form, period, day, unit)
);

-- A period whose totals are kept, by which tree and which version of the form. Its row is locked while one changes.
create table reporting.totalled (
    form    text        not null,
    period  text        not null,
    day     date        not null,
    tree    text        not null,
    version integer     not null,
    at      timestamptz not null,
    primary key (form, period, day)
);

-- Every recomputation from scratch, and what differed: nothing.
create table reporting.recounts (
    id          bigint generated always as identity primary key,
    form        text        not null,
    period      text        not null,
    day         date        not null,
    submissions integer     not null,
    differences jsonb       not null,
    millis      integer     not null,
    at          timestamptz not null
);
create index recounts_newest on reporting.recounts (form, period, day, id desc);
