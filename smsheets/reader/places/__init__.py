"""Where the tables and forms of a template sit in a user's file."""
