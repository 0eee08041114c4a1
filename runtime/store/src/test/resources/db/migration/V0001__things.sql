CREATE SCHEMA things;
CREATE TABLE things.thing (id int PRIMARY KEY, name text);
