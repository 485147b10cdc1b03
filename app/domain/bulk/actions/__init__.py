"""Taking in a file, following it, and working it off."""
