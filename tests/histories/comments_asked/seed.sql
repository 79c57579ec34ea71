INSERT INTO rates VALUES (1, 0.5), (2, 3);
