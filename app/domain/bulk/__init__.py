"""Bringing much at once from another system."""
