"""Keep how a desk is told: the order of its channels, and addresses that count once a test message was confirmed."""

from collections.abc import Mapping, Sequence

from django.db import connection

from sightline.apps.access.models import Contact
from sightline.apps.access.rota import NotYourDesk

PROVABLE = ("e-mail", "text")
"""The channels of which an address is proven by a code; a webhook proves itself by its signature."""


def keep_channels(*, contact: int, channels: Sequence[str]) -> None:
    """Keep by which channels a desk is told, in order, as the officer at work; none means the usual ones.

    Raises NotYourDesk.
    """
    _ask("select sightline_keep_channels(%s, %s::text[])", contact, list(channels))


def enter_address(*, contact: int, channel: str, address: str) -> None:
    """Enter an address that counts when it is proven; until then the one before holds. An empty one takes it back.

    Raises NotYourDesk.
    """
    _ask("select sightline_enter_address(%s, %s, %s)", contact, channel, address)


def prove_address(*, contact: int, channel: str, address: str) -> None:
    """Let an address count from now, as the officer at work who was told the code. Raises NotYourDesk."""
    _ask("select sightline_prove_address(%s, %s, %s)", contact, channel, address)


def not_proven(contact: int) -> Mapping[str, tuple[str, str]]:
    """Give the addresses of a desk that are not proven yet, by channel, with what came of the test message."""
    found = Contact.objects.filter(pk=contact).values_list("unproven", flat=True).first() or {}
    return {channel: (told["address"], told["said"]) for channel, told in found.items()}


def proven(contact: int) -> Mapping[str, str]:
    """Give the addresses of a desk that were proven, by channel."""
    return Contact.objects.filter(pk=contact).values_list("proven", flat=True).first() or {}


def say_of_test(*, contact: int, channel: str, address: str, said: str) -> None:
    """Write down, at a task, what came of a test message, unless another address was entered meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update access_contact set unproven = jsonb_set(unproven, array[%s, 'said'], to_jsonb(%s::text))"
            " where id = %s and unproven -> %s ->> 'address' = %s", [channel, said[:300], contact, channel, address])


def _ask(statement: str, *values: int | str | list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    if not row or not row[0]:
        raise NotYourDesk
