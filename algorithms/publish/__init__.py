"""Publish: products and combined reports."""
