"""An analysis as a workbook: the tables of the report with native charts, formulas to check, and filters."""
