CREATE INDEX ON slow (text);
