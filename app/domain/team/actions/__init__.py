"""What is done with teams and between colleagues."""
