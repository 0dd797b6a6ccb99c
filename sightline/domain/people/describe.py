"""Make what an agency said of a child ready to compare: only valid identifiers, in their normal form."""

from functools import lru_cache

from sightline.domain.people.compare import Described
from sightline.domain.vocabulary.identifier import check
from sightline.domain.vocabulary.identity import Identity

MATCHED = {"upn": "upn", "former-upn": "upn", "nhs": "nhs", "pnc": "pnc", "cro": "cro"}


def described(identity: Identity) -> Described:
    """Give the identity's words ready to compare; an invalid identifier is left out (it stays in the record)."""
    valid: dict[str, str] = {}
    for kind, value in identity.identifiers.items():
        if kind in MATCHED:
            normal = _normal(MATCHED[kind], value)
            if normal and MATCHED[kind] not in valid:
                valid[MATCHED[kind]] = normal
    return Described(
        given=identity.given, family=identity.family, born_on=identity.born_on, sex=identity.sex,
        postcode=_normal("postcode", identity.postcode) if identity.postcode else None, identifiers=valid)


@lru_cache(maxsize=100_000)
def _normal(kind: str, value: str) -> str | None:
    result = check(kind, value)
    return result.normal if result.valid else None
