"""What an event is, who may want it, and how often it is tried; no framework."""
