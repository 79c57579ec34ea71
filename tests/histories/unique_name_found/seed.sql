INSERT INTO accounts (id, tenant, login) VALUES (1, 1, 'a'), (2, 1, 'b');
