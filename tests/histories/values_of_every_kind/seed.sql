INSERT INTO kinds (id) VALUES (9);
