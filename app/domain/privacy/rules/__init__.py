"""What the privacy desk goes by; pure."""
