"""What is worth doing: how the client sees it, how the professional does, and peers."""
