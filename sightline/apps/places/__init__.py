"""Hypotheses about places: where first signs of several pupils followed an arrival, and what people said of it."""
