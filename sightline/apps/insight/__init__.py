"""Measures of how agencies protect children, frozen in snapshots, and the figures that follow from them."""
