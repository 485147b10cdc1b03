"""What goes in and out about a trajectory; every outgoing field carries its category."""
