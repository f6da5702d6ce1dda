"""A person's workbook, written anew into a fresh template: whole formulas, the same plan, nothing lost unsaid."""
