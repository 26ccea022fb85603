"""r_k, TTOP, frost number, classes."""
