"""May this viewer see this? The one place where that is decided, enforced and logged."""
