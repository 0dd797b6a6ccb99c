"""Claims about entries that start, meet or end duties: each is a sentence that holds or does not."""
