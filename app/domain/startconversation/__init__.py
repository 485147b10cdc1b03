"""The conversation in which client, care, coach and responsible body agree how to go on."""
