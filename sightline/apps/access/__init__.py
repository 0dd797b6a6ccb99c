"""Agencies, officers, roles and purposes; who looked at what."""
