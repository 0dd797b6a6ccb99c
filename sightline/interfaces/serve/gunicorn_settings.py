"""How gunicorn serves the pages; read by it as `-c python:sightline.interfaces.serve.gunicorn_settings`."""

import gc
from typing import Any

from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder
from sightline.config.logs import logging_settings

# Threads share one pool of connections a process; two processes keep two cores busy.
worker_class = "gthread"
workers = 2
threads = 4
# Django is imported once, before the processes part; connections are opened only afterwards, by the first request.
preload_app = True

timeout = 60
graceful_timeout = 15
keepalive = 5

# Who is believed about encryption in front of us is settled in one place, Django's settings.
forwarded_allow_ips = ""

# It would open a socket in the home folder of whoever starts Sightline.
control_socket_disable = True

# Time, method, path, status, bytes, milliseconds. No query string, no address: they say who looked for whom.
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(M)s"
logconfig_dict = logging_settings("web", DataFolder(read_environment().data).logs)


def when_ready(arbiter: Any) -> None:
    """Load all pages in the one process from which the web processes part (gunicorn calls this by its name).

    What was loaded stays for ever: the collector need not go through it in the middle of somebody's page.
    """
    from sightline.interfaces.serve.warming import warm

    warm()
    gc.collect()
    gc.freeze()
