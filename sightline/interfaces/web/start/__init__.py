"""The first page, the stories, and help."""
