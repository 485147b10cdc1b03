"""For whoever decides and pays, and for the workplace: what task or consent lets them know."""
