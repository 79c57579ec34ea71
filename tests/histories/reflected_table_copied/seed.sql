INSERT INTO customers (id, name) VALUES (1, 'Ada'), (2, 'Bo\b');
INSERT INTO orders (id, customer_id, total) VALUES (1, 1, 9.99), (2, 2, 0), (3, 1, 12.50);
