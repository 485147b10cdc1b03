"""Who is calling, and what nobody may read: tokens, keys, assertions, encryption."""
