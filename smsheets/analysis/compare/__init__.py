"""What differs between two versions of one plan, or between the plans of two periods."""
