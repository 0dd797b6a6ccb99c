"""Which records are of one child: what is compared, what it weighs, what no weight overrides, what is decided."""
