CREATE TABLE slow AS SELECT md5(i::text) AS text FROM generate_series(1, 1000000) AS i;
