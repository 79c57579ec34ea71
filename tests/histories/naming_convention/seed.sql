INSERT INTO teams VALUES (1, 'x'); INSERT INTO players VALUES (1, 1, 7);
