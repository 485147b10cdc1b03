"""What is the client's own: how it goes, what to tell whom, and what happens in life."""
