"""The words, codes and rules of the API as data that anyone may read; no client data."""
