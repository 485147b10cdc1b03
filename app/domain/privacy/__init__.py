"""The privacy desk: what was seen by whom, what is odd, what is processed, and for how long."""
