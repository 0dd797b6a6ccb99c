"""Insight: how many children are exploited whom no agency knows, from the overlaps of agencies' lists."""
