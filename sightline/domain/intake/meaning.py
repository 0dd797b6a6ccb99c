"""What a value means that a council wrote in its own way: the one function by which feeds read such values."""

from functools import lru_cache

from sightline.domain.intake.files.headings import plain
from sightline.domain.intake.lexicons import answers, care, endings, ethnicity, leaving_care, need, sex, source
from sightline.domain.intake.lexicons.lexicon import LONGEST, Lexicon, Meaning

FIELDS: dict[str, Lexicon] = {
    "Gender": sex.SEX,
    "Sex": sex.SEX,
    "Ethnicity": ethnicity.ETHNICITY,
    "Contact Source": source.SOURCE,
    "Referral Source": source.SOURCE,
    "Primary Need Code": need.NEED,
    "Child's Legal Status": care.LEGAL_STATUS,
    "Legal Status": care.LEGAL_STATUS,
    "Placement Type": care.PLACEMENT,
    "Placement Provider": care.PROVIDER,
    "Placement Location": care.LOCATION,
    "Reason Ceased to be Looked After": endings.CARE_END,
    "Reason for Closure": endings.CLOSURE,
    "Reason Why Child No Longer Placed for Adoption": endings.NO_LONGER_PLACED,
    "Reason for leaving adoption process": endings.ADOPTER_LEFT,
    "Type of Accommodation": leaving_care.ACCOMMODATION,
    "Activity Status": leaving_care.ACTIVITY,
    "LA in Touch": leaving_care.IN_TOUCH,
    "Suitability of Accommodation": leaving_care.SUITABILITY,
    "Eligibility Category": leaving_care.ELIGIBILITY,
    "Case Status": answers.CASE_STATUS,
    "Category of Abuse": answers.ABUSE,
    "What is the permanence plan for this child?": answers.PERMANENCE,
    "Does the Child have a Disability": answers.DISABILITY,
    "Child Seen During Continuous Assessment": answers.SEEN,
    "Was the Child Seen Alone?": answers.SEEN_ALONE,
    "Referral NFA?": answers.NO_FURTHER_ACTION,
    "Was the child offered a Return Interview after their last missing episode?": answers.INTERVIEW_OFFERED,
    "Did the child accept a Return Interview after their last missing episode?": answers.INTERVIEW_ACCEPTED,
    "Did the Initial Child Protection Conference Result in a Child Protection Plan": answers.QUESTION,
    "Is the (prospective) adopter fostering for adoption?": answers.QUESTION,
    "Is this a second or subsequent period of being a Looked After Child within the last 12 months?": answers.QUESTION,
    "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)": answers.QUESTION,
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)": answers.QUESTION,
    "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)": answers.QUESTION,
    "Was an Initial Child Protection Conference deemed unnecessary?": answers.QUESTION,
    "Was the child assessed as requiring LA children's social care support?": answers.QUESTION,
}

_BY_PLAIN_NAME = {plain(name): lexicon for name, lexicon in FIELDS.items()}
SHORTEST_START = 40


class UnknownField(ValueError):
    """No values of such a field are known; the fields are the keys of FIELDS."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@lru_cache(1024)
def lexicon_of(field: str) -> Lexicon:
    """Give what is known of a field by its name; a long name may be cut off. Raises UnknownField."""
    name = plain(field)
    if name in _BY_PLAIN_NAME:
        return _BY_PLAIN_NAME[name]
    starts = [lexicon for known, lexicon in _BY_PLAIN_NAME.items() if known.startswith(name)]
    if len(name) >= SHORTEST_START and len(starts) == 1:
        return starts[0]
    raise UnknownField


def meaning_of(field: str, text: str) -> Meaning | None:
    """Give what a text means in a field of the Annex A lists, or None where that is not known.

    Of a very long text only the beginning counts. Raises UnknownField for a field that is none of them.
    """
    return _meaning_of(field, text[:LONGEST])


@lru_cache(8_192)
def _meaning_of(field: str, text: str) -> Meaning | None:
    return lexicon_of(field).read(text)
