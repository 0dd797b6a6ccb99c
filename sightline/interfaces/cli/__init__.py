"""The commands of `sightline`."""
