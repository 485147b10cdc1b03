"""The privacy desk, the officer who looks back, and what an emergency opens."""
