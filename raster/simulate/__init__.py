"""Jobs: simulated scenes and stacks of the sample basin."""
