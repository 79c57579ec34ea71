INSERT INTO billing.invoices VALUES (1, 5), (2, NULL);
