"""The directory of parties: organisations, practitioners, memberships and who supervises whom."""
