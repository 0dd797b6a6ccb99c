"""Where people and programs meet Sightline: pages, commands, jobs."""
