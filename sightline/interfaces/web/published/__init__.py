"""Figures that public bodies publish, beside ours: no child of ours is in them."""
