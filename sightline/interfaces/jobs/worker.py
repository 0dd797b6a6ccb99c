"""The process that runs jobs, started by `sightline serve` as `python -m sightline.interfaces.jobs.worker`."""

import os

# Two jobs at a time keep two cores busy. Sending e-mails and the round of each minute, of which at most one each runs,
# have room beside them: a file that arrives while both take seconds is read at once all the same.
_AT_ONCE = 4
# A job that is still running this long after a stop was asked for is given back to the queue.
_GRACE_SECONDS = 20.0


def main() -> None:
    """Run jobs as the restricted role `worker` until asked to stop."""
    os.environ["SIGHTLINE_ROLE"] = "worker"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")

    import django

    django.setup()
    run_jobs()


def run_jobs(*, wait: bool = True) -> None:
    """Run jobs over connections of their own; `wait=False` ends when the queue is empty."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as with_sessions:
        with_sessions.run_worker(concurrency=_AT_ONCE, shutdown_graceful_timeout=_GRACE_SECONDS, wait=wait)


if __name__ == "__main__":
    main()
