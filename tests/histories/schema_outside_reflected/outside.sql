CREATE TABLE members (
    id integer NOT NULL PRIMARY KEY,
    name varchar(50) NOT NULL,
    club integer
);

CREATE INDEX ix_members_club ON members (club);

INSERT INTO members VALUES (1, 'Ada', NULL), (2, 'Bo', 7);
