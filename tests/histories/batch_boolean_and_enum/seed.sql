INSERT INTO flags (id, "on", kind, at) VALUES (5, 1, 'a', '2024-01-01 00:00:00'), (9, 0, 'b', '2024-01-02 00:00:00');
