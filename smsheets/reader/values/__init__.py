"""Typed texts to values: numbers, dates, words, and the values of fields."""
