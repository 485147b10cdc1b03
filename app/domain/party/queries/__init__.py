"""Every read of the directory of parties."""
