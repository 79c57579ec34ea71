INSERT INTO products (id, sku, price, note) VALUES (1, 'A-1', 10, NULL), (2, 'B-2', 0.99, 'b');
