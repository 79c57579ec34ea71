INSERT INTO stations (id, code) VALUES (1, 'XA'), (2, 'a:b');
