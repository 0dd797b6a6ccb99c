"""Turn a row of somebody's file into an identity and entries, or into faults in plain words: one file a feed."""
