INSERT INTO users (id, email, name) VALUES (1, 'ada@example.org', 'Ada');
INSERT INTO users (id, email, name) VALUES (2, 'grace@example.org', NULL);
INSERT INTO users (id, email, name) VALUES (3, 'o''neil@example.org', 'O''Neil: 100%');
