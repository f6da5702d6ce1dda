"""What people type: numbers, dates, words, and the values of fields."""
