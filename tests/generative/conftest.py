"""Invented lives may take their time: the machine is shared, and the first example loads the calendars."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("patient")
