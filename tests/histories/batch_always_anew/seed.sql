INSERT INTO owners VALUES (1, 'Ada'), (2, NULL);
INSERT INTO pets VALUES (1, 'Rex', 1, '2020-02-29', 12.5), (2, 'O''Malley', 2, NULL, NULL), (3, 'Rex', NULL, '1999-12-31', 0.01);
