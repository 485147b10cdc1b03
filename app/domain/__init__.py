"""The nouns of the work, one folder each; a later noun may lean on an earlier one."""
