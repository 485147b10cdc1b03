"""What holds for every start and review conversation; pure."""
