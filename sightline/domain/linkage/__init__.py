"""Weigh whether two descriptions are of one child, of relatives at one address or of strangers, and decide on it."""
