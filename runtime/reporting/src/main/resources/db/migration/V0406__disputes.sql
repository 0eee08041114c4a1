-- That a unit does not agree with a figure held about it. How it stands is worked out, never written down.
create table reporting.disputes (
    id        bigint generated always as identity primary key,
    form      text        not null,
    period    text        not null,
    day       date        not null,
    unit      text        not null,
    indicator text        not null,
    held      numeric,
    value     numeric,
    reason    text        not null,
    answerer  text        not null,
    who       text        not null,
    at        timestamptz not null
);
create index disputes_period on reporting.disputes (form, period, day, unit);

-- What became of it: one answer each.
create table reporting.dispute_answers (
    dispute bigint primary key references reporting.disputes,
    kind    text        not null check (kind in ('upheld', 'rejected', 'withdrawn')),
    reason  text,
    who     text        not null,
    at      timestamptz not null
);
create trigger disputes_immutable before update on reporting.disputes
    for each row execute function reporting.refuse_change();
create trigger dispute_answers_immutable before update on reporting.dispute_answers
    for each row execute function reporting.refuse_change();

-- What was sent back down, as a digest; the newest row of a unit says what it knows.
create table reporting.feedback (
    id     bigint generated always as identity primary key,
    form   text        not null,
    period text        not null,
    day    date        not null,
    unit   text        not null,
    digest text        not null,
    at     timestamptz not null
);
create index feedback_newest on reporting.feedback (form, period, day, unit, id desc);

-- Up to which moment facts were looked at for that.
create table reporting.feedback_rounds (
    id   bigint generated always as identity primary key,
    upto timestamptz not null
);

-- What came since; when a unit last sent anything.
create index submissions_at on reporting.submissions using brin (at);
create index submissions_unit on reporting.submissions (unit, day);
create index reviews_at on reporting.reviews using brin (at);
