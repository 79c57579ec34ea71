CREATE TABLE members (
    id integer NOT NULL PRIMARY KEY,
    name varchar(50) NOT NULL
);

INSERT INTO members VALUES (1, 'Ada'), (2, 'Bo');
