"""Linking the records of any files, without a database: what `sightline link` does."""
