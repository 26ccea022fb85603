"""How a job goes over a grid: blocks, threads, clusters, checkpoints."""
