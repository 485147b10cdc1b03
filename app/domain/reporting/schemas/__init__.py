"""What goes in and out about reports, statuses and tasks."""
