"""What is done with the ladder: measuring, answering, reading the path back."""
