"""The domain: typed plans and their arithmetic, with no spreadsheet in it."""
