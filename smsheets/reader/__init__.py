"""A filled workbook to records with their cells, and problems."""
