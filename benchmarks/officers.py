"""Keep officers for a benchmark and sign them in without their apps: what is measured is not signing in."""

import time
from datetime import UTC, datetime
from uuid import UUID

ENDING = "@benchmark.example"


def keep(*, email: str, name: str, agency: int, role: str) -> None:
    """Keep an officer of the benchmark; the caller opens the transaction."""
    from sightline.apps.access.actions import keep_officer

    keep_officer(email=email + ENDING, name=name, password=None, agency=agency, role=role, on=datetime.now(UTC).date())


def signed_in(*, starting: str = "") -> list[tuple[UUID, UUID, str]]:
    """Give each officer whose address starts so, with a piece of work that has begun and the key of a session."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection, transaction

    from sightline.apps.access.actions import start_work
    from sightline.apps.access.models import Officer as Account
    from sightline.apps.access.queries import memberships_of

    now = datetime.now(UTC)
    found = []
    for account in Account.objects.filter(email__startswith=starting, email__endswith=ENDING).order_by("email"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('sightline.officer', %s, true)", [str(account.pk)])
            member = memberships_of(account.pk, on=now.date())[0]
            purpose = "protect" if member.role != "education-lead" else "education"
            begun = start_work(officer=account.pk, membership=member.id, purpose=purpose, because="", at=now)
        session = SessionStore()
        session.update({
            "_auth_user_id": str(account.pk), "_auth_user_hash": account.get_session_auth_hash(), "work": str(begun),
            "_auth_user_backend": "allauth.account.auth_backends.AuthenticationBackend",
            "account_authentication_methods_user": str(account.pk), "account_authentication_methods": [
                {"method": "password", "at": time.time()}, {"method": "mfa", "type": "totp", "at": time.time()}]})
        session.save()
        found.append((account.pk, begun, str(session.session_key)))
    return found
