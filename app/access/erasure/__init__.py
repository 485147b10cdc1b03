"""What is destroyed for good, and stays so when an older state of the database comes back."""
