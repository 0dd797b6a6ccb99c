"""Settings of the tests: the product's own, on a data folder and a PostgreSQL that live as long as the run.

Processes that the run starts (the workers of pytest-xdist) find the folder in the environment and share it.
"""

import atexit
import os
import shutil
import tempfile

os.environ.pop("DATABASE_URL", None)
if "SIGHTLINE_TEST_FOLDER" not in os.environ:
    os.environ["SIGHTLINE_TEST_FOLDER"] = tempfile.mkdtemp(prefix="sightline-tests-")
    os.environ["SIGHTLINE_TEST_FOLDER_MADE_BY"] = str(os.getpid())
    atexit.register(shutil.rmtree, os.environ["SIGHTLINE_TEST_FOLDER"], ignore_errors=True)
os.environ["SIGHTLINE_DATA"] = os.environ["SIGHTLINE_TEST_FOLDER"] + "/data"
# Tests own the tables, and step into the restricted roles by the fixtures as_web and as_worker.
os.environ["SIGHTLINE_ROLE"] = "owner"

from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder

DataFolder(read_environment().data).make()

from sightline.config.settings import *  # noqa: E402, F403
from sightline.config.settings import INSTALLED_APPS as _INSTALLED_APPS  # noqa: E402
from sightline.config.settings import STORAGES as _STORAGES  # noqa: E402

INSTALLED_APPS = [*_INSTALLED_APPS, "tests.throwaway"]
# The names with a mark of their contents exist only after static files were collected.
STORAGES = _STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
