INSERT INTO houses VALUES (1); INSERT INTO rooms VALUES (1, 1, 'a'), (2, 1, NULL);
