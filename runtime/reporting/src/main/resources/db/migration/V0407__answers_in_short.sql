-- Where units stand is asked with every table: when their versions came stands in the index, so that the answers themselves needn't be read.
drop index reporting.submissions_version;
create unique index submissions_version on reporting.submissions (form, period, day, unit, version desc) include (at);
