"""Every read of reports, statuses and tasks.

These statements join tables of several nouns on purpose: what is told about a trajectory is read
with its decision in one statement, so that it is never mixed from two moments.
"""
