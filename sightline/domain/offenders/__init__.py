"""Managed offenders: their clocks, their addresses, and which children are near."""
