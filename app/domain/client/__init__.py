"""The person whose trajectory this is; one record per registering organisation."""
