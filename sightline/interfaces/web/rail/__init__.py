"""A child met on a train or at a station: one short form for transport police, on a phone."""
