"""Registering, finding and reading clients, and keeping what is known of them right."""
