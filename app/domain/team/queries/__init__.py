"""What is read of teams and hand-overs."""
