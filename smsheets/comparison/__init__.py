"""What differs between two versions of a plan, or between two periods."""
