"""What holds for every trajectory; pure."""
