"""An app of the tests: one table as a room of Sightline has them, to try roles and row-level security on."""
