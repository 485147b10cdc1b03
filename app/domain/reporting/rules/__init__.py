"""What holds for reports, statuses and tasks; pure."""
