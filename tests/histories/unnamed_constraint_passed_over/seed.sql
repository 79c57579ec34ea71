INSERT INTO users (id) VALUES (1), (2);
INSERT INTO orders (id, buyer, seller) VALUES (1, 1, 2);
