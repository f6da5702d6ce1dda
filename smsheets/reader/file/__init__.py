"""The file: what it is, its parts within limits, and what is in its cells."""
