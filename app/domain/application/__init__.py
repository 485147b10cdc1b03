"""Asking a body to pay for IPS: application, costs, decision, stop notices, determination."""
