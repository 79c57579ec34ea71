INSERT INTO pairs VALUES (1, 1, 1, 1), (2, 2, NULL, 3);
