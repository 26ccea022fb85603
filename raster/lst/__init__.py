"""Jobs: gaps of land surface temperature filled."""
