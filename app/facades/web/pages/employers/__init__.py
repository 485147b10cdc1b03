"""The employers that one's own organisation knows, and what it keeps of them."""
