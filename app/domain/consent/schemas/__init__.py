"""What goes in and out about consent; every outgoing field carries its category."""
