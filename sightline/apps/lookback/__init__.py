"""Looking back on a child: what is kept, as far as the viewer may see it, made ready to be replayed. Keeps nothing."""
