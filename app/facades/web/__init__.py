"""Pages in Dutch for people with a browser; they call operations of the API, nothing else."""
