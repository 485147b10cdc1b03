"""What goes in and out about conversations."""
