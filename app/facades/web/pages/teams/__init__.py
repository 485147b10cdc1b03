"""Teams, who stands in for whom, who leads whom, and handing on a caseload."""
