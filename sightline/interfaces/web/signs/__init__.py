"""How the signs of the rule book do here: how often each was right, and where one is switched off."""
