INSERT INTO settings (id) VALUES (9);
