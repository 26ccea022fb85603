"""How a job is run over a grid: blocks, threads, clusters, checkpoints."""
