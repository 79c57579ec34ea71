-- the schema as it was
CREATE TABLE books (
    id integer NOT NULL PRIMARY KEY,
    title varchar(200) NOT NULL
);

CREATE TABLE loans (
    id integer NOT NULL PRIMARY KEY,
    book_id integer NOT NULL REFERENCES books (id),
    until date
);

