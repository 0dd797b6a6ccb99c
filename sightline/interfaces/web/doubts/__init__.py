"""Settle whether two records are one child."""
