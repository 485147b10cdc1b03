"""`make prove`: every proof within a fixed time, and a short table of what was tried."""
