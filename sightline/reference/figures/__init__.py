"""Figures that public bodies publish about the exploitation of children, in small copies that are read when asked for.

Each table is a CSV file beside its reader, written by scripts/make-open-figures; `publications` says whose it is. What
was not published is never nought: it keeps the publisher's mark.
"""
