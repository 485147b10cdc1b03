"""Asking, deciding, and carrying out what was decided."""
