"""The release of a child from custody: its gate, its journey, the alarm, and how releases are counted."""
