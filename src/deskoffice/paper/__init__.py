"""Rows in, bytes out: official documents, forms, ledgers, docx and xlsx."""
