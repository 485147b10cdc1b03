"""HTTP conventions in one place, so that no route repeats them."""
