"""The bounds within which a file is read; beyond them it is refused rather than trusted."""

LARGEST_FILE_BYTES = 500_000_000
"""The default bound of a whole file; the caller may set another."""

LONGEST_LINE_BYTES = 1_000_000
"""No line of a table or of JSON Lines, and no one child's part of an XML file, may be longer."""

LARGEST_JSON_BYTES = 32_000_000
"""A JSON document is read whole, so it is bounded tighter; JSON Lines are not."""

DEEPEST_JSON = 60

CHUNK_BYTES = 262_144

MOST_COLUMNS = 500

MOST_ZIP_MEMBERS = 2_000
LARGEST_UNPACKED_BYTES = 200_000_000
HIGHEST_ZIP_RATIO = 250
"""An ordinary sheet packs 10 to 100 times; a bomb 1,000 times. Judged only above RATIO_FROM_BYTES."""
RATIO_FROM_BYTES = 2_000_000
MOST_CELLS = 8_000_000
"""A sheet is laid out as a rectangle in memory: its width times its height is bounded."""
LARGEST_SHEET_TEXT_BYTES = 200_000_000
"""The texts of all cells together, each counted as often as it is used."""

LARGEST_WORKBOOK_BYTES = 100_000_000
LARGEST_ZIP_DIRECTORY_BYTES = 1_000_000
MOST_SHEETS = 50
