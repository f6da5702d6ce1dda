"""The differences between two versions of a plan, or between two periods."""
