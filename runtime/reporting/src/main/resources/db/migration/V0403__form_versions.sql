-- Every version of a form's file that ever counted. A period keeps the version that it was opened with.
create table reporting.form_versions (
    form    text        not null,
    version integer     not null check (version > 0),
    plugin  text        not null,
    path    text        not null,
    digest  text        not null,
    source  text        not null,
    at      timestamptz not null,
    primary key (form, version),
    unique (form, digest)
);

-- Periods that were opened; the newest row of one says its version, a later one says why it was moved to another.
create table reporting.periods (
    id      bigint generated always as identity primary key,
    form    text        not null,
    period  text        not null,
    day     date        not null,
    version integer     not null,
    reason  text,
    who     text,
    at      timestamptz not null
);
create index periods_newest on reporting.periods (form, period, day, id desc);

-- Who has to answer, written when the period opens.
create table reporting.expected (
    form   text not null,
    period text not null,
    day    date not null,
    unit   text not null,
    primary key (form, period, day, unit)
);

alter table reporting.submissions
    add column form_version integer,
    add column who          text,
    add column door         text not null default 'route',
    add column note         text,
    add column warnings     jsonb,
    add column digest       text;

-- What somebody has typed in and not handed in yet.
create table reporting.drafts (
    form   text        not null,
    period text        not null,
    day    date        not null,
    unit   text        not null,
    cells  jsonb       not null,
    who    text,
    at     timestamptz not null,
    primary key (form, period, day, unit)
);

create trigger form_versions_immutable before update on reporting.form_versions
    for each row execute function reporting.refuse_change();
create trigger periods_immutable before update on reporting.periods
    for each row execute function reporting.refuse_change();
create or replace function reporting.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% never changes; a correction is the next one', case tg_table_name
        when 'submissions' then 'a submission' when 'form_versions' then 'a version of a form' else 'what happened' end;
end
$$;
