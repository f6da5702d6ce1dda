"""The analysis as one page: HTML that holds all it needs, for a screen, a phone, paper, and an attachment of a mail."""
