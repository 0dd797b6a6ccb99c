"""The referral of a child as a possible victim of modern slavery: the Home Office's form, and how records fill it."""
