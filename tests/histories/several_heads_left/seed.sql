INSERT INTO trunk (id, note) VALUES (1, 'x');
