"""The file: what it is, its parts within limits, and what stands in its cells."""
