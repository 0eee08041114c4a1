INSERT INTO things.nothing VALUES (1);
