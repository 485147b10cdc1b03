"""OpenID AuthZEN 1.0: a yes or a no, from the operation that our API has for it."""
