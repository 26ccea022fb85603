"""Accuracy, areas, comparison, change."""
