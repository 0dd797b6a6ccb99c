"""Pictures and tables of an estimate of extent, for pages and for the command: from its record alone."""
