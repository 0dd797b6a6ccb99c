"""How things ended, as councils write it: a case, a period of care, a plan of adoption."""

from sightline.domain.intake.lexicons.lexicon import Lexicon, rule


class ClosureLexicon(Lexicon):
    """Read why a case was closed; a small letter behind the code is the council's own."""

    def code_of(self, candidate: str) -> str | None:
        """Give RC1 to RC9, or None."""
        return candidate[:3] if len(candidate) <= 4 and candidate[:3] in self.codes else None

    def prefers_code(self, code: str | None) -> bool:
        """Believe RC8 and RC9, which say more than the words that follow them; RC7 is any other reason."""
        return code in ("RC8", "RC9")


CLOSURE = ClosureLexicon(
    (
        "a) Adopted", "b) Died", "c) Residence Order", "d) Special Guardianship Order", "e) Transfer to another LA",
        "f) Transfer to Adult Social Services", "g) 'Other' incl. Child no longer in need",
        "h) Child not in need after assessment", "i) Not Stated",
    ),
    (
        rule("a) Adopted", "adopted", "adoption order", "child adopted", code="RC1"),
        rule("b) Died", "died", "death", "deceased", code="RC2"),
        rule("g) 'Other' incl. Child no longer in need", "not under (?:sgo|residence|special)", "return(?:ed)? home"),
        rule("d) Special Guardianship Order", "special guardian\\w*", "special g\\w*ship", "sgo", code="RC4"),
        rule("c) Residence Order", "residence order", "child arrangements? order", "cao", code="RC3"),
        rule("f) Transfer to Adult Social Services", "transfer\\w* to adult\\w*", "adult (?:social|case|services?)",
             "to adults?", code="RC6"),
        rule("g) 'Other' incl. Child no longer in need", "transfer denied", "our la", code="RC7"),
        rule("e) Transfer to another LA", "(?:another|other|different) (?:la|local auth\\w*|area|authority|council)",
             "out of area", "moved out of", code="RC5"),
        rule("h) Child not in need after assessment", "after (?:\\w+ ){0,2}ass\\w*",
            "no further action(?! at referral)", "no factors", "not to be in need",
             "not in need after", "ineligible", "threshold not met", code="RC8"),
        rule("g) 'Other' incl. Child no longer in need", "any other reason\\w*", "early help",
            "step(?:ped)? (?:down|up)",
             "no longer (?:in need|cin|eligible|required)", "services? ceased", "other reason", "referr\\w* to",
             "referral",
             "single agency", "taf", "refused", "no response", "work completed", "needs met",
             "aims? (?:partially )?achieved",
             "disengag\\w*", "non engagement", "lack of engagement", "provision of services", "support no longer",
             "no further", "nfa", "moved away", "in error", "cancelled", "remand ended", "error", "completed",
             "achieved",
             "no assessment", "terminated", "other",
             "ceased", "workflow ended", "reached 18", "18th birthday", "age of young person", "objectives met",
             "withdr\\w*", "declin\\w*", "clients? request", "information and advice", "divert\\w*",
             "change (?:in|of) circumstances", "changed status", "transferred to (?:e ?)?caf", code="RC7"),
        rule("i) Not Stated", "not stated", "unknown", "not recorded"),
    ),
    codes={
        "RC1": "a) Adopted", "RC2": "b) Died", "RC3": "c) Residence Order", "RC4": "d) Special Guardianship Order",
        "RC5": "e) Transfer to another LA", "RC6": "f) Transfer to Adult Social Services",
        "RC7": "g) 'Other' incl. Child no longer in need", "RC8": "h) Child not in need after assessment",
        "RC9": "h) Child not in need after assessment",
    },
)  # fmt: skip

ADOPTED, DIED, ANOTHER, HOME, RELATIVES, RESIDENCE, GUARDIANSHIP = (
    "a) Adopted", "b) Died", "c) Care taken by another LA", "d) Returned home to live with parents or relatives",
    "e) Left care to live with parents, relatives or other person with no parental responsibility",
    "f) Residence order granted", "g) Special Guardianship Orders",
)  # fmt: skip
INDEPENDENT, ADULTS, CUSTODY, REMAND, AGE, ABROAD, OTHER_END, NO_END = (
    "h) Moved into independent living", "i) Transferred to residential care funded by adult social services",
    "j) Sentenced to custody", "k) Accommodation on remand ended",
    "l) Age assessment determined child was 18 or over", "m) Child moved abroad",
    "n) Care ceased for any other reason",
    "zzCodeError",
)  # fmt: skip
"""zzCodeError is the list's own word for X1: one episode ended and the next began, so care did not cease."""


class CareEndLexicon(Lexicon):
    """Read why care ended; a letter S before the code, as some systems write it, says nothing."""

    def prefers_code(self, code: str | None) -> bool:
        """Believe every code but E8, any other reason, which words make more precise."""
        return code != "E8"

    def code_of(self, candidate: str) -> str | None:
        """Give the code of the return, or None."""
        return next((code for code in (candidate, candidate.removeprefix("S")) if code in self.codes), None)


CARE_END = CareEndLexicon(
    (
        ADOPTED, DIED, ANOTHER, HOME, RELATIVES, RESIDENCE, GUARDIANSHIP, INDEPENDENT, ADULTS, CUSTODY, REMAND, AGE,
        ABROAD, OTHER_END,
    ),
    (
        rule(NO_END, "new ep\\w+ begins"),
        rule(ADOPTED, "adopted", "adoption order"),
        rule(DIED, "died", "death", "deceased", code="E2"),
        rule(ANOTHER, "(?:taken over|transferred|care taken) by (?:another|other)", "another (?:la|local auth\\w*)",
             "other la", code="E3"),
        rule(AGE, "age assess\\w*", "age disputed", "age assessed", "assessed as over 18", code="E15"),
        rule(RELATIVES, "(?:no|without) (?:parental|pr)", "staying put", "remained with current carers",
            "person with no parent\\w*",
             code="E13"),
        rule(HOME, "return\\w* home", "ret home", "home to live with", "live with parents?"),
        rule(GUARDIANSHIP, "special guardian\\w*", "spec guard\\w*", "sgo", "special g ?ship", "^sg"),
        rule(RESIDENCE, "residence order", "child arrangements?", "cao", "arrangements res order", code="E41"),
        rule(ADULTS, "transferred to (?:care of )?adults?", "adult (?:social )?serv\\w*", "adults division",
            "adult social care", code="E7"),
        rule(CUSTODY, "sentenced", "custody", code="E9"),
        rule(REMAND, "remand", code="E14"),
        rule(ABROAD, "abroad", "another country", "deport\\w*", code="E16"),
        rule(INDEPENDENT, "indep\\w*", "supported (?:accom\\w*|living|lodging\\w*)", "formal advice"),
        rule(OTHER_END, "any other reason", "other reason", "ceased", code="E8"),
    ),
    codes={
        "E1": ADOPTED, "E11": ADOPTED, "E12": ADOPTED, "E2": DIED, "E3": ANOTHER, "E4": HOME, "E4A": HOME, "E4B": HOME,
        "E13": RELATIVES, "E17": RELATIVES, "E41": RESIDENCE, "E42": GUARDIANSHIP, "E43": GUARDIANSHIP,
        "E44": GUARDIANSHIP, "E45": GUARDIANSHIP, "E46": GUARDIANSHIP, "E47": GUARDIANSHIP,
        "E48": GUARDIANSHIP, "E5": INDEPENDENT,
        "E6": INDEPENDENT, "E7": ADULTS, "E9": CUSTODY, "E14": REMAND, "E15": AGE, "E16": ABROAD, "E8": OTHER_END,
        "X1": NO_END,
    },
)  # fmt: skip

NO_LONGER_PLACED = Lexicon(
    (
        "a) Child’s needs changed", "b) Court did not make a PO", "c) Prospective adopters cannot be found",
        "d) Any other reason",
    ),
    (
        rule("c) Prospective adopters cannot be found", "adopters? (?:cannot|could not|not|found)", "no adopters",
             "adopters cannot", code="RD3"),
        rule("b) Court did not make a PO", "court did not", "not granted", "not grant", "order not made", code="RD2"),
        rule("a) Child’s needs changed", "needs (?:have )?changed", "change of plan",
            "changed subsequent", code="RD1"),
        rule("d) Any other reason", "any other", "other reason", "other", code="RD4"),
    ),
    codes={
        "RD1": "a) Child’s needs changed", "RD2": "b) Court did not make a PO",
        "RD3": "c) Prospective adopters cannot be found", "RD4": "d) Any other reason",
    },
)  # fmt: skip

ADOPTER_LEFT = Lexicon(
    ("a) Withdrew", "b) Process on hold", "c) Application refused"),
    (
        rule("b) Process on hold", "on hold", "paused", "suspended"),
        rule("c) Application refused", "refused", "rejected", "not approved", "declined", "turned down"),
        rule("a) Withdrew", "withdr\\w*"),
    ),
)
