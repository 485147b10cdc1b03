"""What parties tell each other: feedback with an audience, and questions without health content."""
