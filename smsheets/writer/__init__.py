"""A layout as .xlsx; the only importer of XlsxWriter."""
