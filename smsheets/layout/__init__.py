"""Spec and profile to places: the only room that knows rows and letters."""
