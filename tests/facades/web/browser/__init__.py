"""Journeys through the pages in a real Chromium."""
