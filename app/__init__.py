"""Trede: case management for work-reintegration trajectories in Dutch mental-health care."""
