"""What goes in and out about the assessment; every outgoing field carries its category."""
