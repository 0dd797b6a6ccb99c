"""Referrals of children as possible victims of modern slavery: what people answered, and what was sent."""
