"""Why somebody looks: stated once for a piece of work, carried on every read, kept in the audit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Purpose:
    """Hold one purpose in words that people choose from, with the gateway in law that it usually rests on.

    `needs_reason` asks for a sentence of the officer's own. Gateways are from the catalogue of rules.md section 5.1;
    which one holds in a case is for the officer's organisation to say.
    """

    code: str
    words: str
    gateway: str
    needs_reason: bool = False


PURPOSES: dict[str, Purpose] = {
    purpose.code: purpose
    for purpose in (
        Purpose("protect", "Protect a child from harm now", "Children Act 1989 ss.46, 47; 2004 ss.10, 11"),
        Purpose("assess", "Assess or help a child I work with", "Children Act 1989 ss.17, 47"),
        Purpose("custody", "A child in custody or just released", "Children Act 2004 s.11; Modern Slavery Act s.52"),
        Purpose("missing", "A child who is missing or has returned", "Children Act 2004 ss.10, 11"),
        Purpose("education", "Education after an exclusion or a move", "Education Act 1996 s.19"),
        Purpose("records", "Put records right: imports and doubtful links", "UK GDPR Article 5(1)(d)"),
        Purpose("offenders", "Manage sexual and violent offenders", "Criminal Justice Act 2003 ss.325 to 327B"),
        Purpose("inspect", "Inspection or audit", "the inspectorate's or auditor's own powers", needs_reason=True),
        Purpose("other", "Another lawful purpose", "as the officer states", needs_reason=True),
    )
}


def purpose_of(code: str) -> Purpose | None:
    """Give the purpose with this code, or None."""
    return PURPOSES.get(code)
