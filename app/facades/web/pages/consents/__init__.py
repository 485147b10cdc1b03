"""Consents: what stands, giving it, asking for it, withdrawing it, and who may see what."""
