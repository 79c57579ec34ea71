INSERT INTO dogs (name) VALUES ('Rex'), ('It''s');
