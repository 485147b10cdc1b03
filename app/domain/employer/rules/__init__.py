"""What an organisation keeps of employers, and who of it may; pure."""
