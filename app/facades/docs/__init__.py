"""The API reference as one page, without scripts, made from the OpenAPI document."""
