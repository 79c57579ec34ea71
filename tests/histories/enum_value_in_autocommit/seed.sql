INSERT INTO states VALUES (1, 'a'), (2, 'b');
