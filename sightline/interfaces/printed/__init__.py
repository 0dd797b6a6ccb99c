"""Reference pages that are printed from the rules and their specs, so that they cannot say something else."""
