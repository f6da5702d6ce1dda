"""The report as a workbook: tables with formulas to check, native charts, filters."""
