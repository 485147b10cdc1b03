"""Speed as ratios on generated data of real size: `make bench`."""
