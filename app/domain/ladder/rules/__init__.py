"""What holds for the participation ladder; pure."""
