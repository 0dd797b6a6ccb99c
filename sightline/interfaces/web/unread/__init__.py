"""Who leaves things unread, by desk and by person; for inspectors by agency."""
