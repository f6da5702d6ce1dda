"""Plan against what happened, one module per template."""
