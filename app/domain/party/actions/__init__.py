"""What can be done with the directory of parties."""
