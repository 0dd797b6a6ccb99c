"""Facts of the country and of its returns that nobody decides here: postcodes, councils, forces, holidays, codes.

Files come with their sources in PROVENANCE.md. They are read once, when first asked for.
"""
