"""The public rule book of signs and duties."""
