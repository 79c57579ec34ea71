INSERT INTO prices VALUES (1, 'EUR', 10), (2, 'USD', NULL);
