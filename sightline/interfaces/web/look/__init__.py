"""The look page: every part of the pages with invented values, for eyes and for the accessibility tests."""
