"""What is done at the privacy desk: looking back, and nothing else."""
