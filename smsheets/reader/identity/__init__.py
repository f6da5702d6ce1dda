"""Which template a workbook is, and what its layout was made from."""
