"""How the record is kept: audit, seals, what runs."""
