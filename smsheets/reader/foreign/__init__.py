"""Workbooks of other people: what is on their sheets."""
