"""The rights of the client over the own data: access, rectification, erasure, restriction."""
