"""Plans and a day to variance and findings; no workbook is known here."""
