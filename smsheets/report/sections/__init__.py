"""What each template contributes to a report."""
