"""Break-glass: what an emergency needs, for hours, told to the client and reviewed by another."""
