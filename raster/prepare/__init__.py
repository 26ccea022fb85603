"""Jobs: scenes to stacks, aligned grids."""
