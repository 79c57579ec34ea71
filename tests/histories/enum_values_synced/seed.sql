INSERT INTO tickets (id, state) VALUES (1, 'done'), (2, 'new');
