"""Every read about consent; each statement decides for itself."""
