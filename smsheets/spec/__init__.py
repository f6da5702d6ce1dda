"""Workbook specs: YAML to typed, frozen values."""
