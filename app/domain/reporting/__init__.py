"""What is told about trajectories: reports the client reads first, statuses, and what waits."""
