"""What goes in and out about the treatment; every outgoing field carries its category."""
