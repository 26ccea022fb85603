"""Jobs: r_k, TTOP, classes, probability."""
