"""Hold what is true for every child: pure functions over frozen values, without clock, database or randomness."""
