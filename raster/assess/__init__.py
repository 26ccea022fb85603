"""Jobs: accuracy, comparison, areas, change."""
