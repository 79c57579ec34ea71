CREATE VIEW open_loans AS
SELECT books.title, loans.until
FROM loans JOIN books ON books.id = loans.book_id
