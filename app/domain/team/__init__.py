"""Teams, who coordinates, how many trajectories a coach has, and handing them on."""
