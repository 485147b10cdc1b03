"""Talks of the parties: a date, who was there, what was agreed, and that each says it was so."""
