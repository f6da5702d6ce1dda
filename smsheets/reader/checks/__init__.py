"""Checks of a workbook that was read: each finds one kind of problem."""
