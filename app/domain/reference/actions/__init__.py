"""What the reference lists are made of."""
