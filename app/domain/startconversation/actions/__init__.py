"""What parties do together: invite, answer, be there, write down and confirm."""
