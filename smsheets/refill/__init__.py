"""Values of another workbook in a fresh one of the current template; `repair` and `adopt` stand on it."""
