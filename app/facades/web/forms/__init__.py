"""Forms made from the request schemas of the API, so that a page asks what an operation takes."""
