"""Say what a decision to share, or not to share, must hold: by which law, how weighed, until when."""
