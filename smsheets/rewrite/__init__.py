"""A workbook written anew: repaired, or filled with the rows of another one."""
