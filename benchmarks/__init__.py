"""What Sightline costs, measured on the machine that asks: `make bench`."""
