"""Releases of children from custody: their plans, the gate before them, and the journeys after them."""
