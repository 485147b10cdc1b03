"""Reading imports and their rows."""
