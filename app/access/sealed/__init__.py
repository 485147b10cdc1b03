"""The access log as a tree that only grows: an outsider can check that nothing was changed."""
