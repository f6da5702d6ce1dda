"""An analysis as text, Markdown, JSON and frames."""
