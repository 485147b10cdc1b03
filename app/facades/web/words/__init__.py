"""The Dutch words of the pages: names of fields, values and acts, and what to do at a refusal."""
