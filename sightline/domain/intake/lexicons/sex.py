"""Sex, as councils write it."""

from sightline.domain.intake.lexicons.lexicon import Lexicon, rule

MALE, FEMALE, NOT_STATED_SEX, NEITHER = "a) Male", "b) Female", "c) Not stated/recorded", "d) Neither"

SEX = Lexicon(
    (MALE, FEMALE, NOT_STATED_SEX, NEITHER),
    (
        rule(NEITHER, "indeterminate", code="U"),
        rule(
            NOT_STATED_SEX,
            "unspecified",
            "not (?:known|stated|recorded|specified|disclosed)",
            "unknown",
            "unborn",
            "withheld",
            code="U",
        ),
        rule(NEITHER, "neither", "non ?binary", "other", "intersex", "transgender", code="U"),
        rule(FEMALE, "female", "girl", "woman", code="F"),
        rule(MALE, "male", "boy", "man", code="M"),
    ),
    codes={
        "M": MALE,
        "1": MALE,
        "F": FEMALE,
        "2": FEMALE,
        "U": NOT_STATED_SEX,
        "0": NOT_STATED_SEX,
        "9": NOT_STATED_SEX,
        "I": NEITHER,
        "X": NEITHER,
        "NK": NOT_STATED_SEX,
    },
)
