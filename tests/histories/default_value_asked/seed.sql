INSERT INTO items (id) VALUES (1); INSERT INTO items VALUES (2, 'x');
