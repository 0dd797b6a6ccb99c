"""Django settings."""

SECRET_KEY = "written by sightline.config at the first start"
USE_TZ = True
TIME_ZONE = "Europe/London"
INSTALLED_APPS: list[str] = []
