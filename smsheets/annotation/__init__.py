"""A copy of a user's workbook with its problems written into it, everything else left byte for byte."""
