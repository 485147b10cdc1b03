"""The clients of a professional: a page for each, and the records that lie under it."""
