"""Envelope encryption of what records say: one data key per client, controller and category."""
