"""What happens to consents, and to who acts, asks and looks."""
