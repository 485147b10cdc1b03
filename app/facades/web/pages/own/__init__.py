"""The client's own pages, which representatives and supporters see as far as they may."""
