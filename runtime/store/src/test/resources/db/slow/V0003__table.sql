CREATE TABLE slow AS SELECT md5(i::text) AS text FROM generate_series(1, 500000) AS i;
