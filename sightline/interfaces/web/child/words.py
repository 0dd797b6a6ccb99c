"""Say facts in words: labels for their keys, and meanings for the codes of national returns, each with its code."""

from collections.abc import Callable, Mapping

from sightline.reference.codes import cin_codes, exclusion_reasons, special_need_types, ssda903_codes
from sightline.reference.schools import school_names

LABELS = {
    "category": "Kind", "sessions": "Sessions (half days)", "possible": "Possible sessions", "to": "Told to",
    "attended": "Attended sessions", "unauthorised": "Unauthorised absent sessions", "duty": "For the duty",
    "sessions_a_week": "Sessions (half days) a week", "suspect": "Dealt with as a suspect",
    "mode": "How they travelled", "seen": "Seen or heard", "because": "Why this sign",
    "told_by": "Who saw it", "sent_by": "Sent to the police by", "premises": "Address known as",
    "withdrew": "Allegation withdrawn", "accused_known": "Child knows who was accused", "online": "Done online",
    "provision": "Special educational needs", "rank": "Main need is 1",
    "child_seen": "Child seen by an officer", "home_council_told": "Home council told",
}
PROVISIONS = {"none": "No special educational need", "support": "Support at school",
              "plan": "Education, health and care plan"}
PLAIN = {"PERM": "Permanent exclusion", "SUSP": "Suspension", "LNCH": "Lunchtime suspension"}


def label(key: str) -> str:
    """Give the words that stand before a fact."""
    return LABELS.get(key, key.replace("_", " ").capitalize())


def fact_words(kind: str, key: str, value: object) -> object:
    """Say a fact: a code of a return with its meaning, a school by its name, anything else as it was told."""
    if isinstance(value, list | tuple):
        return [fact_words(kind, key, one) for one in value]
    if not isinstance(value, str):
        return value
    if (kind, key) == ("school.need", "provision"):
        return PROVISIONS.get(value, value)
    meanings = CODES.get((kind.partition(".")[0], key)) or CODES.get(("", key))
    meaning = meanings().get(value) if meanings else None
    if not meaning:
        return PLAIN.get(value, value.replace("-", " ") if key in SPOKEN else value)
    return f"{meaning} ({value})"


SPOKEN = ("offence", "property", "mode", "injury", "premises")
CODES: Mapping[tuple[str, str], Callable[[], Mapping[str, str]]] = {
    ("school", "reasons"): exclusion_reasons,
    ("school", "type"): special_need_types,
    ("", "school"): school_names,
    ("care", "source"): lambda: cin_codes("referralsource"),
    ("care", "factors"): lambda: cin_codes("assessmentfactors"),
    ("care", "legal_status"): lambda: ssda903_codes("LS"),
    ("care", "type"): lambda: ssda903_codes("PLACE"),
    ("care", "reason"): lambda: {**ssda903_codes("REASON_PLACE_CHANGE"), **cin_codes("reasonforclosure")},
}
