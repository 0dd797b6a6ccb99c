"""Answers of yes and no, as the questions of the Annex A lists ask for them."""

from sightline.domain.intake.lexicons.lexicon import Lexicon, Meaning, rule

YES, NO, UNKNOWN = "a) Yes", "b) No", "Unknown"

YES_CODES = {"1": YES, "Y": YES, "YES": YES, "TRUE": YES, "T": YES, "0": NO, "N": NO, "NO": NO, "FALSE": NO, "F": NO}

NOT_KNOWN = rule(
    UNKNOWN,
    "unknown",
    "not known",
    "not recorded",
    "not stated",
    "not obtained",
    "refused",
    "refu",
    "nobt",
    "not yet obtained",
)
PLAIN_NO = rule(NO, "no", "false", "non uasc", "not (?:offered|accepted|seen|required|deemed|held|applicable)")
PLAIN_YES = rule(YES, "yes", "true")

QUESTION = Lexicon((YES, NO, UNKNOWN), (NOT_KNOWN, PLAIN_NO, PLAIN_YES), codes=YES_CODES, codes_first=False)

SEEN = Lexicon(
    (YES, NO, UNKNOWN),
    (NOT_KNOWN, rule(NO, "not seen", "no", "unseen", "false"), rule(YES, "yes", "seen", "true")),
    codes=YES_CODES,
    codes_first=False,
)

SEEN_ALONE = Lexicon(
    (YES, NO, UNKNOWN),
    (
        NOT_KNOWN,
        rule(NO, "not seen", "not alone", "no", "unseen", "with (?:parent|carer|others)", "false"),
        rule(YES, "yes", "seen", "alone", "true"),
    ),
    codes=YES_CODES,
    codes_first=False,
)

INTERVIEW_OFFERED = Lexicon(
    (YES, NO, UNKNOWN),
    (NOT_KNOWN, rule(NO, "not offered", "no", "false"), rule(YES, "offered", "yes", "accepted", "declined", "true")),
    codes=YES_CODES,
    codes_first=False,
)

INTERVIEW_ACCEPTED = Lexicon(
    (YES, NO, UNKNOWN),
    (
        NOT_KNOWN,
        rule(NO, "declined", "refused", "not (?:offered|accepted)", "no", "false"),
        rule(YES, "accepted", "yes", "true", "completed"),
    ),
    codes=YES_CODES,
    codes_first=False,
)

NO_FURTHER_ACTION = Lexicon(
    (YES, NO, UNKNOWN),
    (
        rule(YES, "no further action", "nfa", "yes", "true"),
        rule(NO, "further action", "progressed?", "assessment", "no", "false"),
    ),
    codes=YES_CODES,
    codes_first=False,
)

DISABILITY = Lexicon(
    (YES, NO, UNKNOWN),
    (
        NOT_KNOWN,
        rule(NO, "no", "none", "not disabled", "no disability", "false"),
        rule(
            YES,
            "yes",
            "true",
            "autis\\w*",
            "aspergers?",
            "mobility",
            "hand function",
            "hear(?:ing)?",
            "vis(?:ion|ual)?",
            "learning",
            "communication",
            "personal care",
            "pc",
            "incontinence",
            "behaviour\\w*",
            "consciousness",
            "disab\\w*",
            "dda",
            "physical",
            "sensory",
            "adhd",
            "epilep\\w*",
            "aut",
            "mob",
            "hand",
            "comm",
            "con",
            "beh",
            "ld",
            "inc",
        ),
    ),
    codes=YES_CODES,
    codes_first=False,
)

CASE_STATUS = Lexicon(
    (
        "a) Looked after child",
        "b) Child Protection plan",
        "c) Child in need plan",
        "d) Open assessment",
        "e) Closed episode",
    ),
    (
        rule("a) Looked after child", "looked after", "lac", "cla", "in care"),
        rule("b) Child Protection plan", "child protection", "cpp?", "protection plan"),
        rule("e) Closed episode", "closed", "ended", "ceased"),
        rule("c) Child in need plan", "child in need", "cinp?", "in need plan"),
        rule("d) Open assessment", "assessment", "asmt", "assess\\w*"),
    ),
)

NEGLECT, PHYSICAL, SEXUAL, EMOTIONAL, MULTIPLE = (
    "a) Neglect",
    "b) Physical Abuse",
    "c) Sexual Abuse",
    "d) Emotional Abuse",
    "e) Multiple",
)


class AbuseLexicon(Lexicon):
    """Read categories of abuse: more than one is multiple, whether in words or in four letters of Y and N."""

    def by_words(self, words: str) -> Meaning | None:
        """Give the one category, or multiple."""
        if len(words) == 4 and set(words) <= {"y", "n"} and "y" in words:
            kinds = {
                kind
                for kind, letter in zip((NEGLECT, PHYSICAL, SEXUAL, EMOTIONAL), words, strict=True)
                if letter == "y"
            }
        else:
            kinds = {known.canonical for known in self.rules if known.pattern.search(words)}
        if len(kinds) > 1 or MULTIPLE in kinds:
            return Meaning(MULTIPLE, "MUL", sure=True)
        return next((Meaning(k.canonical, k.code, sure=True) for k in self.rules if k.canonical in kinds), None)


ABUSE = AbuseLexicon(
    (NEGLECT, PHYSICAL, SEXUAL, EMOTIONAL, MULTIPLE),
    (
        rule(NEGLECT, "neg", "neglect\\w*", code="NEG"),
        rule(PHYSICAL, "phy", "physical\\w*", code="PHY"),
        rule(SEXUAL, "sab", "sex\\w*", code="SAB"),
        rule(EMOTIONAL, "emo", "emotion\\w*", code="EMO"),
        rule(MULTIPLE, "mul", "multiple", code="MUL"),
    ),
)

PERMANENCE = Lexicon(
    (
        "a) Return to family",
        "b) Adoption",
        "c) SGO/CAO",
        "d) Supported living in the community",
        "e) Long-term residential placement",
        "f) Long-term fostering",
        "g) Other",
    ),
    (
        rule("b) Adoption", "adoption", "adopted"),
        rule("c) SGO/CAO", "sgo", "cao", "special guardianship", "child arrangements?", "residence order"),
        rule("f) Long-term fostering", "foster\\w*"),
        rule("a) Return to family", "return\\w*", "rehabilitation", "reunification", "birth family", "with parents?"),
        rule("e) Long-term residential placement", "residential"),
        rule("d) Supported living in the community", "supported (?:living|lodgings)"),
        rule("g) Other", "other", "transition"),
    ),
)
