"""Jobs: products and pictures of maps."""
