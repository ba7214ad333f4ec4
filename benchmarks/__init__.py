"""Speed beside others, as ratios measured in one run: `make bench`."""
