"""What an import is; pure."""
