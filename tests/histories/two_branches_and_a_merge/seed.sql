INSERT INTO base_table (id, note) VALUES (1, 'x');
