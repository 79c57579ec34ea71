INSERT INTO users (id, name) VALUES (1, 'Ada'), (2, 'Bo');
INSERT INTO orders (id, user_id) VALUES (1, 1), (2, 1), (3, NULL);
