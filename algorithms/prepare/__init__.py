"""Scenes to stacks, aligned grids, the sample basin."""
