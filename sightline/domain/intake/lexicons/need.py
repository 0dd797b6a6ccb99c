"""The primary need of a child, as councils write it: by the main code, whatever hangs on it, else by words."""

import re

from sightline.domain.intake.lexicons.lexicon import Lexicon, Meaning, rule

ABUSE, DISABILITY, PARENTS, STRESS, DYSFUNCTION = (
    "a) Abuse or neglect", "b) Child's disability", "c) Parents illness or disability", "d) Family in acute stress",
    "e) Family dysfunction",
)  # fmt: skip
BEHAVIOUR, INCOME, ABSENT, NOT_CIN, NOT_STATED = (
    "f) Socially unacceptable behaviour", "g) Low income", "h) Absent parenting", "i) Not CIN", "j) Not stated",
)  # fmt: skip

_CODE = re.compile(r"(?:CIN)?N?([0-9])[A-Z]*[0-9]?")
_CODE_INSIDE = re.compile(r"\bN([0-9])[A-Z]?[0-9]?\b", re.IGNORECASE)


class NeedLexicon(Lexicon):
    """Read a need; local sub-codes (N1b, 3c, N4SE) begin with the national digit."""

    def code_of(self, candidate: str) -> str | None:
        """Give N0 to N9, or None."""
        match = _CODE.fullmatch(candidate)
        return f"N{match[1]}" if match and not candidate.isdigit() else None

    def _by_code(self, text: str) -> Meaning | None:
        found = super()._by_code(text)
        inside = None if found else _CODE_INSIDE.search(text)
        return Meaning(self.codes[f"N{inside[1]}"], f"N{inside[1]}", sure=True) if inside else found


NEED = NeedLexicon(
    (ABUSE, DISABILITY, PARENTS, STRESS, DYSFUNCTION, BEHAVIOUR, INCOME, ABSENT, NOT_CIN, NOT_STATED),
    (
        rule(NOT_CIN, "other than children in need", "not cin", "step parent adoption", "court reports?",
            "private law", "no longer a child in need",
             "early help", "child death", code="N9"),
        rule(NOT_STATED, "not stated", "not (?:yet )?(?:determined|known|recorded)", "unknown",
             "no need code", code="N0"),
        rule(PARENTS, "parent\\w* (?:illness|disabilit\\w*|mental|health|substance|physical|learning)",
            "parental illness",
             "mental health parent", "alcoholic parents?", "ill parents?", "parents? with", "drug taking parents?",
             "parents? illness", code="N3"),
        rule(BEHAVIOUR, "unacceptable behaviour", "unacceptable", "offending", "behaviour impacting", "radicalis\\w*",
             "truan\\w*", "beyond parental control", "anti social", code="N6"),
        rule(ABSENT, "absent parent\\w*", "unaccompanied", "uasc", "privately fostered", "asylum seeker and refugee",
             "trafficked", code="N8"),
        rule(INCOME, "low income", "asylum seek\\w*", "no recourse", "income below", "non habitual\\w*", "financial",
             code="N7"),
        rule(STRESS, "acute (?:stress|distress)", "homeless\\w*", "teenage pregnan\\w*", "bereave\\w*",
            "family in acute",
             code="N4"),
        rule(DYSFUNCTION, "dysfunction\\w*", "inadequate parenting", "relationship between carers", code="N5"),
        rule(DISABILITY, "childs? disab\\w*", "disabilit\\w*", "disabled", "sensory", "learning dis\\w*", "frailty",
             "autis\\w*", "occupational therapy", code="N2"),
        rule(ABUSE, "abuse\\w*", "neglect\\w*", "exploitation", "domestic violence", "physical (?:harm|injury)",
             "emotional harm", "sexual", "self harm", "substance misue", "genital mutilation", "significant harm",
             "substance misuse", code="N1"),
    ),
    codes={
        "N1": ABUSE, "N2": DISABILITY, "N3": PARENTS, "N4": STRESS, "N5": DYSFUNCTION, "N6": BEHAVIOUR, "N7": INCOME,
        "N8": ABSENT, "N9": NOT_CIN, "N0": NOT_STATED,
    },
)  # fmt: skip
