"""Which children had a part in a police operation, and what was done for each: a screen, a referral, somebody safe."""
