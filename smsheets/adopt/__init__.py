"""Another workbook's rows in our template: its columns mapped to ours by their headings, nothing of it dropped."""
