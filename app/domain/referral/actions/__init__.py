"""What happens to a referral."""
