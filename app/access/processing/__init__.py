"""The processing log (Logboek dataverwerkingen), made of the access log without its users."""
