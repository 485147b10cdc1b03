"""Other ways out of the same actions; they receive disclosed schemas only."""
