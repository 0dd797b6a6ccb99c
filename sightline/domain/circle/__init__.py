"""The neighbourhood of one child: what and whom the child was met with, and which other children were met with it."""
