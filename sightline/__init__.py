"""Sightline links what agencies know of a child, and makes sure that someone always owns the child's safety."""

__version__ = "0.1.0"
