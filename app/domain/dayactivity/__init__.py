"""Work-like day activity and green work: half-days, skills, and the contract that may follow."""
