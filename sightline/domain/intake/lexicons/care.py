"""Legal status, placement and provider of a looked-after child, as councils write them."""

import re

from sightline.domain.intake.lexicons.lexicon import Lexicon, Meaning, code_candidates, rule

INTERIM, FULL, FREED, PLACEMENT_ORDER, ACCOMMODATED, PROTECTED, JUSTICE, NO_STATUS = (
    "a) Interim care orders", "b) Full care orders", "c) Freed for  Adoption", "d) Placement order granted",
    "e) Accommodated under S20", "f) Detained on child protection grounds in LA accommodation",
    "g) Youth justice legal Statuses", "zzCodeError",
)  # fmt: skip
"""zzCodeError is the list's own word for a status that makes no child looked after in its sense: short breaks."""

LEGAL_STATUS = Lexicon(
    (INTERIM, FULL, FREED, PLACEMENT_ORDER, ACCOMMODATED, PROTECTED, JUSTICE),
    (
        rule(FREED, "free(?:d|ing)(?: order)?", code="D1"),
        rule(PLACEMENT_ORDER, "placement order", "po", code="E1"),
        rule(NO_STATUS, "short(?: term)? breaks?(?! \\d)", "agreed series", "special guardianship",
            "residence ?order",
             "child arrangements?", "section 17", "s17"),
        rule(PROTECTED, "police protection", "ppo", "police powers", "section 46", "s46", code="L1"),
        rule(PROTECTED, "emergency protection", "epo", "section 44", "s44", code="L2"),
        rule(PROTECTED, "child assessment order", code="L3"),
        rule(JUSTICE, "pace", "police and criminal evidence", code="J2"),
        rule(JUSTICE, "remand\\w*", "laspoa?", code="J1"),
        rule(JUSTICE, "youth rehabilitation", "supervision order", "sup ord", "sentenced", code="J3"),
        rule(JUSTICE, "secure accommodation", "s25"),
        rule(INTERIM, "interim(?: care)?(?: order)?", "ico", "section 38", "s38", code="C1"),
        rule(ACCOMMODATED, "s ?20", "sec(?:tion)? ?20", "voluntary", "accommodated", "single period",
            "accomm", code="V2"),
        rule(FULL, "full care", "care orders?", "fco", "s ?31\\w*", "section 31", "wardship", code="C2"),
    ),
    codes={
        "C1": INTERIM, "C2": FULL, "D1": FREED, "E1": PLACEMENT_ORDER, "V2": ACCOMMODATED, "V1": ACCOMMODATED,
        "L1": PROTECTED, "L2": PROTECTED, "L3": PROTECTED, "J1": JUSTICE, "J2": JUSTICE, "J3": JUSTICE,
        "V3": NO_STATUS, "V4": NO_STATUS, "W1": JUSTICE, "ICO": INTERIM, "FCO": FULL,
    },
)  # fmt: skip

FOSTER, ADOPTION, PARENTS, INDEPENDENT, EMPLOYMENT, RESIDENTIAL, SECURE, HOMES = (
    "a) Foster placement", "b) Placed for adoption", "c) Placed with parents", "d) Independent living",
    "e) Residential employment", "f) Residential accommodation", "g) Secure Children’s Homes", "h) Children’s Homes",
)  # fmt: skip
CARE_HOME, HOSPITAL, FAMILY_CENTRE, OFFENDERS, BOARDING, OTHERS, TEMPORARY = (
    "i) Residential Care Home", "j) NHS/Health Trust", "k) Family Centre or Mother and Baby Unit",
    "l) Young Offender Institution", "m) Residential school", "n) Other placements", "o) Temporary placement",
)  # fmt: skip

_PLACEMENT_CODES = {
    "A": ADOPTION, "F": FOSTER, "U": FOSTER, "Q": FOSTER, "P1": PARENTS, "P2": INDEPENDENT, "P3": EMPLOYMENT,
    "H1": SECURE, "H2": SECURE, "H3": HOMES, "H4": HOMES, "H5": RESIDENTIAL, "K1": SECURE, "K2": HOMES,
    "K3": RESIDENTIAL, "R1": CARE_HOME, "R2": HOSPITAL, "R3": FAMILY_CENTRE, "R4": OTHERS, "R5": OFFENDERS,
        "S1": BOARDING,
    "T": TEMPORARY, "M": OTHERS, "Z1": OTHERS,
}  # fmt: skip


class PlacementLexicon(Lexicon):
    """Read a type of placement: a letter and a digit, whatever a council hangs on them (U1a, K2OUT)."""

    def code_of(self, candidate: str) -> str | None:
        """Give the code of the list: the two characters, or the letter alone for a family of codes."""
        match = re.fullmatch(r"([AFHKMPQRSTUZ])([0-6])(?: ?(?:[A-C]|IN|OUT))?", candidate)
        if match is None:
            return None
        whole = match[1] + match[2]
        return whole if whole in self.codes else (match[1] if match[1] in self.codes else None)

    def _by_code(self, text: str) -> Meaning | None:
        found = super()._by_code(text)
        if found is None or len(found.code or "") != 1:
            return found
        whole = next((c[:2] for c in code_candidates(text) if c[:1] == found.code and c[1:2].isdigit()), None)
        return Meaning(found.canonical, whole, found.sure)


PLACEMENT = PlacementLexicon(
    (
        FOSTER, ADOPTION, PARENTS, INDEPENDENT, EMPLOYMENT, RESIDENTIAL, SECURE, HOMES, CARE_HOME, HOSPITAL,
        FAMILY_CENTRE, OFFENDERS, BOARDING, OTHERS, TEMPORARY,
    ),
    (
        rule(FOSTER, "reg(?:ulation)? 24", "reg(?:ulation)? 38(?! ?6)", "temporary approval"),
        rule(TEMPORARY, "temporary", "temp (?:accom\\w*|absence\\w*)", "holidays?", "types of temporary move"),
        rule(BOARDING, "residential schools?", "residental schools?", "res school",
            "schools? (?:except|unless)", "boarding school", code="S1"),
        rule(ADOPTION, "placed (?:for|4) adopt\\w*", "adoption placement order", "adoptive placement",
            "prospective adopt\\w*"),
        rule(ADOPTION, "adopt\\w* with (?:parental )?consent", "adopt\\w* (?:under )?s(?:ect?(?:ion)?)? ?(?:19|21)"),
        rule(FOSTER, "foster\\w*", "f ?carers?", "^fp", "fc", "ffa", "f c", "relative friend",
            "(?:relative|friend)s? or (?:friend|relative)s?",
             "family and friends", "kinship", "connected persons?", "agency placement"),
        rule(ADOPTION, "adopt\\w*"),
        rule(SECURE, "secure(?! training)(?: (?:unit|childrens home|accommodation))?", code="K1"),
        rule(OFFENDERS, "young offenders?", "yoi", "prison", "secure training", "ytc", "stc", "custody", code="R5"),
        rule(RESIDENTIAL, "not (?:subject|subjest|reg\\w*)(?: to)?(?: childrens?)?", "hostels? and other support\\w*",
             "outside childrens home", "supported residential", code="H5"),
        rule(HOMES, "homes? and hostels?", "childrens homes?", "subject to childrens?", "ch regs?", code="K2"),
        rule(CARE_HOME, "residential care homes?", "reg(?:istered)? homes act", "registered under", code="R1"),
        rule(HOSPITAL, "nhs", "health trust", "hospital", "medical", "nursing", code="R2"),
        rule(FAMILY_CENTRE, "family centre", "mother and baby", "parent and child unit", "mother baby", code="R3"),
        rule(EMPLOYMENT, "residential employment", code="P3"),
        rule(PARENTS, "own parents?", "with (?:own )?parents?", "parents? (?:or|person|with|guardian|others?)",
             "parental resp\\w*", "person with pr", code="P1"),
        rule(RESIDENTIAL, "hostels?", code="H5"),
        rule(INDEPENDENT, "independ\\w*(?: living)?", "supported (?:accom\\w*|living|lodgings?)", "semi independent",
             "bedsit", "own tenancy"),
        rule(OTHERS, "whereabouts", "unauthorised placements?", "refuge", "other placements?", code="Z1"),
    ),
    codes=_PLACEMENT_CODES,
)  # fmt: skip

OWN, PRIVATE, OTHER_PROVIDER = "a) Own LA", "b) Private", "c) Other"

PROVIDER = Lexicon(
    (OWN, PRIVATE, OTHER_PROVIDER),
    (
        rule(OTHER_PROVIDER, "other (?:la|local authority|public|council)", "public provision"),
        rule(OTHER_PROVIDER, "parents?", "parental", "voluntary", "third sector", "3rd sect\\w*", "charit\\w*",
             "not required", "unknown", "nan", "not applicable"),
        rule(PRIVATE, "private", "agency", "ifa", "independent", code="PR4"),
        rule(OWN, "own (?:provision|la|local)", "provision by", "in ?house", "local authority", code="PR1"),
    ),
    codes={
        "PR0": OTHER_PROVIDER, "PR1": OWN, "PR2": OTHER_PROVIDER, "PR3": OTHER_PROVIDER, "PR4": PRIVATE,
        "PR5": OTHER_PROVIDER,
    },
)  # fmt: skip

LOCATION = Lexicon(
    ("a) In", "b) Out"),
    (
        rule("b) Out", "outside", "out", "outof", "not in"),
        rule("a) In", "inside", "in", "within"),
    ),
    codes={"IN": "a) In", "OUT": "b) Out"},
)
