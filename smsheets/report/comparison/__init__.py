"""A comparison as a report: sections for people, a view for programs."""
