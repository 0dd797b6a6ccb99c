"""Make a value harmless in a spreadsheet, which would run what looks like a formula."""

import unicodedata

RISKY = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: str) -> str:
    """Put an apostrophe before a value that a spreadsheet might run, also behind spaces and invisible characters."""
    bare = value.lstrip()
    while bare and unicodedata.category(bare[0]) in ("Cf", "Cc", "Zs"):
        bare = bare[1:]
    return f"'{value}" if bare.startswith(RISKY) or value.startswith(RISKY) else value
