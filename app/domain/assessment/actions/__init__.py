"""What the parties find out and plan together on the way to work."""
