"""Much at once: exports as streams, and imports that are worked off beside the requests."""
