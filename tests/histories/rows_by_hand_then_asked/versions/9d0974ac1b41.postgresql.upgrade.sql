ALTER TABLE users ADD COLUMN slug VARCHAR(80);

UPDATE users SET slug = upper(email);
