"""Consent: giving and withdrawing, blocks, who acts for a client, and who may see and saw what."""
