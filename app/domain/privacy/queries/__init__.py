"""Every read of the privacy desk; each statement decides for itself."""
