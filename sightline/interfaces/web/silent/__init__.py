"""The page of feeds that fell silent."""
