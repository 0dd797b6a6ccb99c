"""Say what is owed for a child, by whom, to whom and by when: the law as data, and the seven clocks."""
