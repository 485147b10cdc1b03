"""What happens in an organisation's own directory of employers."""
