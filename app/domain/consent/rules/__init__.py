"""What a consent may say, and how it is told in plain Dutch; pure."""
