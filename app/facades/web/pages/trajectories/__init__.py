"""One trajectory: its state and process, and every record that is kept under it."""
