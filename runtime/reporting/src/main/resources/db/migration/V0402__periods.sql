-- Forms are answered by day, week, month, … What is there was answered by day. A period is kept by its first day; what
-- kind it is of belongs to the key, because a month and a day may begin on the same day.
alter table reporting.submissions
    add column period text not null default 'day'
        check (period in ('day', 'week', 'month', 'quarter', 'half-year', 'year'));
alter table reporting.submissions alter column period drop default;

drop index reporting.submissions_version;
create unique index submissions_version on reporting.submissions (form, period, day, unit, version desc);
