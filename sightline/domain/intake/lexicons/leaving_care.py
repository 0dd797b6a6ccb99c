"""Young people who left care, as councils write of them: where they live, what they do, whether they are in touch."""

import re
from collections.abc import Iterator

from sightline.domain.intake.lexicons.lexicon import Lexicon, Rule, rule

FAMILY, COMMUNITY, SEMI, LODGINGS, ABROAD, DEPORTED, ORDINARY, NOT_KNOWN, NO_ABODE = (
    "a) With parents or relatives", "b) Community home", "c) Semi-independent transitional accommodation",
    "d) Supported lodgings", "e) Gone abroad", "f) Deported", "g) Ordinary lodgings", "h) Residence not known",
    "i) No fixed abode / homeless",
)  # fmt: skip
FOYER, INDEPENDENT, EMERGENCY, BREAKFAST, CUSTODY, FORMER_CARER, OTHER = (
    "j) Foyers", "k) Independent living", "l) Emergency accommodation", "m) Bed and breakfast", "n) In custody",
    "o) With Former Foster Carer", "p) Other accommodation",
)  # fmt: skip

_ACCOMMODATION_CODE = re.compile(r"(?:ACC )?([BCDEGHKRSTUVWXYZ])[12]?")


class AccommodationLexicon(Lexicon):
    """Read a type of accommodation: one letter, with 1 or 2 for suitable or not behind it."""

    def code_of(self, candidate: str) -> str | None:
        """Give the letter, or None."""
        match = _ACCOMMODATION_CODE.fullmatch(candidate)
        return match[1] if match else None


ACCOMMODATION = AccommodationLexicon(
    (
        FAMILY, COMMUNITY, SEMI, LODGINGS, ABROAD, DEPORTED, ORDINARY, NOT_KNOWN, NO_ABODE, FOYER, INDEPENDENT,
        EMERGENCY, BREAKFAST, CUSTODY, FORMER_CARER, OTHER,
    ),
    (
        rule(FORMER_CARER, "former foster\\w*", "staying put", "foster\\w*", code="Z"),
        rule(DEPORTED, "deport\\w*", code="H"),
        rule(ABROAD, "abroad", code="G"),
        rule(NOT_KNOWN, "not (?:known|stated)", "unknown", "no information", "whereabouts", code="R"),
        rule(NO_ABODE, "no fixed", "homeless", "nfa", "sofa surfing", code="S"),
        rule(FOYER, "foyers?", code="T"),
        rule(SEMI, "semi independent", "transitional", "mother and baby", code="D"),
        rule(LODGINGS, "supported lodgings?", code="E"),
        rule(ORDINARY, "ordinary lodgings?", "lodgings?", code="K"),
        rule(BREAKFAST, "bed and breakfast", "b and b", code="W"),
        rule(CUSTODY, "custody", "prison", "young offenders?", "yoi", code="X"),
        rule(EMERGENCY, "emergency", "night shelter", "direct access", code="V"),
        rule(INDEPENDENT, "independ\\w*", "university", "college", "own tenancy", "tenancy", "own flat", code="U"),
        rule(COMMUNITY, "community home", "residential care", "nhs", "health trust", "homes and hostels",
             "childrens homes?", code="C"),
        rule(FAMILY, "parents?", "relatives?", "family", code="B"),
        rule(OTHER, "other accommodation", "residing with friends", "friends?", "other", code="Y"),
    ),
    codes={
        "B": FAMILY, "C": COMMUNITY, "D": SEMI, "E": LODGINGS, "G": ABROAD, "H": DEPORTED, "K": ORDINARY,
        "R": NOT_KNOWN, "S": NO_ABODE, "T": FOYER, "U": INDEPENDENT, "V": EMERGENCY, "W": BREAKFAST,
        "X": CUSTODY, "Y": OTHER,
        "Z": FORMER_CARER,
    },
)  # fmt: skip

_F, _P = "full time", "part time"
ACTIVITIES = {
    "F1": "F1: Full time in higher education",
    "F2": "F2: Full time in education other than higher",
    "F3": "F3: Full time in training or employment",
    "F4": "F4: Young person engaged full time in an apprenticeship",
    "F5": "F5: Young person engaged full time in training or employment (not apprenticeship)",
    "P1": "P1: Part time in higher education",
    "P2": "P2: Part time in education other than higher",
    "P3": "P3: Part time in training or employment",
    "P4": "P4: Young person engaged part time in an apprenticeship",
    "P5": "P5: Young person engaged part time in training or employment (not apprenticeship)",
    "G4": "G4: Not in education, employment or training - illness or disability",
    "G5": "G5: Not in education, employment or training - other",
    "G6": "G6: Not in education, employment or training - pregnancy or parenting",
}


def _activity_rules() -> Iterator[Rule]:
    for letter, time in (("F", _F), ("P", _P)):
        for number, words in (
            ("2", "education other than higher"),
            ("1", "higher education"),
            ("5", "not apprenticeship"),
            ("4", "apprentice\\w*"),
            ("5", "(?:training|employment)"),
        ):
            code = letter + number
            yield rule(ACTIVITIES[code], f"{time}\\b.*\\b{words}", f"{words}\\b.*\\b{time}", code=code)


ACTIVITY = Lexicon(
    ACTIVITIES.values(),
    (
        rule(ACTIVITIES["G6"], "pregnan\\w*", "parenting", code="G6"),
        rule(ACTIVITIES["G4"], "(?:not in|neet)\\b.*\\b(?:illness|disab\\w*)", code="G4"),
        rule(ACTIVITIES["G5"], "(?:not in (?:education|employment)|neet)", code="G5"),
        *_activity_rules(),
    ),
    codes=ACTIVITIES,
)  # fmt: skip

IN_TOUCH = Lexicon(
    ("a) In touch", "b) Not in touch", "c) Not recorded", "d) Exclude"),
    (
        rule("d) Exclude", "died", "death", "returned to live", "returned home", "abroad", "deport\\w*", "not known",
             "moved abroad"),
        rule("c) Not recorded", "not recorded", "unknown", "no contact recorded", "details on record"),
        rule("b) Not in touch", "refus\\w*", "not in touch", "no longer requires?", "no"),
        rule("a) In touch", "yes", "in touch"),
    ),
    codes={"YES": "a) In touch",
        "1": "a) In touch", "NO": "b) Not in touch", "Y": "a) In touch", "N": "b) Not in touch", "REFU":
           "b) Not in touch", "DIED": "d) Exclude", "RHOM": "d) Exclude", "NREQ": "b) Not in touch"},
    codes_first=False,
)  # fmt: skip

SUITABILITY = Lexicon(
    ("a) Suitable", "b) Not suitable", "d) Exclude"),
    (
        rule("b) Not suitable", "unsuitable", "not (?:considered )?suitable", "no", "false"),
        rule("a) Suitable", "suitable", "yes", "true"),
    ),
    codes={"1": "a) Suitable", "2": "b) Not suitable", "Y": "a) Suitable", "N": "b) Not suitable"},
)

ELIGIBILITY = Lexicon(
    ("a) Relevant", "b) Former relevant", "c) Qualifying", "d) Eligible", "e) Other"),
    (
        rule("c) Qualifying", "qualifying"),
        rule("b) Former relevant", "former relevant", "pa to 25"),
        rule("a) Relevant", "relevant"),
        rule("d) Eligible", "eligible"),
        rule("e) Other", "other"),
    ),
)
