"""What may be decided on a request, and how long which data is kept."""
