INSERT INTO visits (id, path) VALUES (1, '/'), (2, '/a%20b');
