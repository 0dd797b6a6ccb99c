"""How long what is typed into a form and not sent is kept, and how much of it."""

from datetime import timedelta

KEPT_FOR = timedelta(days=14)
"""So long what was typed and never sent is kept (our own choice: a case is decided long before)."""

LONGEST = 60_000
"""Letters and names of fields of one form together; the longest field of a case takes 4,000 (our own choice)."""
