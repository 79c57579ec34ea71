INSERT INTO accounts (net, at) VALUES (1, '2020-01-01 00:00:00+00');
