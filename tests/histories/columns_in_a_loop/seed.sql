INSERT INTO metrics (id, old_0, value) VALUES (1, 7, 1.5), (2, NULL, -0.0001);
