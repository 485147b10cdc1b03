"""What goes in and out about employers."""
