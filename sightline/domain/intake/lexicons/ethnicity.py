"""Ethnicity, as councils write it: five groups and not stated, with the national code where more is said.

Groups are those of the Annex A lists: Chinese belongs to the other ethnic groups, and so do Afghan, Iraqi, Vietnamese
and other peoples of Asia whom councils do not count as Asian or Asian British.
"""

import re

from sightline.domain.intake.lexicons.lexicon import Lexicon, Meaning, code_candidates

WHITE, MIXED, ASIAN = "a) White", "b) Mixed", "c) Asian or Asian British"
BLACK, OTHER, NOT_STATED = "d) Black or black British", "e) Other ethnic group", "f) Not stated"

NATIONAL = {
    "WBRI": WHITE, "WIRI": WHITE, "WOTH": WHITE, "WIRT": WHITE, "WROM": WHITE,
    "MWBC": MIXED, "MWBA": MIXED, "MWAS": MIXED, "MOTH": MIXED,
    "AIND": ASIAN, "APKN": ASIAN, "ABAN": ASIAN, "AOTH": ASIAN,
    "BCRB": BLACK, "BAFR": BLACK, "BOTH": BLACK,
    "CHNE": OTHER, "OOTH": OTHER, "REFU": NOT_STATED, "NOBT": NOT_STATED,
}  # fmt: skip
CENSUS_2001 = {
    "A1": "WBRI", "A2": "WIRI", "A3": "WOTH", "A4": "WIRT", "A5": "WROM", "B1": "MWBC", "B2": "MWBA", "B3": "MWAS",
    "B4": "MOTH", "C1": "AIND", "C2": "APKN", "C3": "ABAN", "C4": "AOTH", "D1": "BCRB", "D2": "BAFR", "D3": "BOTH",
    "E1": "CHNE", "E2": "OOTH", "E3": "REFU", "E4": "NOBT",
}  # fmt: skip
LETTERS = {
    "A": WHITE,
    "B": MIXED,
    "C": ASIAN,
    "D": BLACK,
    "E": OTHER,
    "F": NOT_STATED,
    "N": NOT_STATED,
    "U": NOT_STATED,
}
EXTENDED = {"W": WHITE, "M": MIXED, "A": ASIAN, "B": BLACK, "C": OTHER, "O": OTHER}
"""The extended codes of schools have four letters, of which the first names the group (C for Chinese)."""

_NUMBERED = re.compile(r"([A-FNU])(?:[A-Z]{0,3})?\.?\s*[A-Z]{0,2}\d{1,2}(?:\.\d)?")
_UNBORN = "E5"

_NOT_STATED = re.compile(
    r"\b(?:not (?:yet )?(?:stated|known|recorded|obtained|available|provided|disclosed|given|sought|asked|declared)|"
    r"information not|no (?:data|information|info)|unknown|refus\w*|declin\w*|prefers? not|unborn|xxxx|undeclared|"
    r"unable to|not wish|nobt|refu|nk|not applicable)\b"
)
_REFUSED = re.compile(r"\b(?:refus\w*|declin\w*|prefer not|refu|not wish)\b")
_OTHER_PEOPLES = re.compile(
    r"\b(?:vietnam\w*|iraq\w*|iran\w*|afghan\w*|filipin\w*|japan\w*|arab\w*|kurd\w*|morr?oc+\w*|thai\w*|korea\w*|"
    r"malay\w*|yemen\w*|egypt\w*|liby\w*|leban\w*|latin|(?:south|central) americ\w*|polynesia\w*|syria\w*|"
    r"algeria\w*|tunisia\w*|middle east\w*|brazil\w*|colombia\w*|saudi\w*|jordan\w*|palestin\w*|israel\w*|"
    r"burmese|north africa\w*|indonesia\w*|philippin\w*|ecuador\w*|bolivia\w*|chilean|peru\w*|hispanic|kuwait\w*|"
    r"uzbek\w*|mongol\w*)\b"
)
_CHINESE = re.compile(r"\b(?:chinese|hong kong|taiwan\w*|singapore\w*)\b")
_WHITE = re.compile(
    r"\b(?:white|english|scottish|welsh|irish|gypsy|gipsy|roma|romany|romani|travell?er|polish|albania\w*|kosov\w*|"
    r"bosnia\w*|croatia\w*|serbia\w*|greek|italian|portuguese|spanish|german|french|cypriot|romanian|russian|ukrain\w*|"
    r"lithuania\w*|latvia\w*|czech|slovak\w*|hungaria\w*|bulgaria\w*|jewish|caucasian|ussr|estonia\w*|dutch|swedish|"
    r"norwegian|danish|(?<!south )(?<!central )(?<!latin )american|australian|canadian|new zealand\w*|cornish|turkish|"
    r"macedonia\w*|slovenia\w*|maltese|showm[ae]n)\b"
)
_ASIAN = re.compile(
    r"\b(?:asian|indian|pakistan\w*|bangladesh\w*|bengali|kashmir\w*|mirpur\w*|punjab\w*|gujarat\w*|sri lank\w*|tamil|"
    r"sinhal\w*|nepal\w*|sikh)\b"
)
_BLACK = re.compile(
    r"\b(?:black|african|caribbean|nigeria\w*|ghan\w*|somali\w*|kenya\w*|uganda\w*|congo\w*|zimbabwe\w*|eritrea\w*|"
    r"ethiopia\w*|sudan\w*|jamaica\w*|west indi\w*|barbad\w*|sierra leon\w*|angola\w*|gambia\w*|tanzania\w*|rwanda\w*|"
    r"montserrat|antigua\w*|st vincent|kitts|nevis|grenad\w*|trinidad\w*|dominica\w*|st lucia\w*|ivory coast|ivorian|"
    r"cameroon\w*|senegal\w*|malawi\w*|zambia\w*|liberia\w*|burundi\w*|guyan\w*|afro)\b"
)
_BRITISH = re.compile(r"\bbritish\b")
_MIXED = re.compile(r"\b(?:mixed|mxd|dual|multiple|biracial)\b")
_OTHER = re.compile(r"\bother\b")

_JOINED = re.compile(
    r"\b(white|black|african|caribbean|asian|indian|pakistani|bangladeshi|chinese)(?: british)?( and| with| x)?"
    r"(?: any)? (white|black|african|caribbean|asian|indian|pakistani|bangladeshi|chinese|other)\b"
)
_HERITAGE = {
    "white": WHITE, "black": BLACK, "african": BLACK, "caribbean": BLACK, "asian": ASIAN, "indian": ASIAN,
    "pakistani": ASIAN, "bangladeshi": ASIAN, "chinese": "Chinese", "other": OTHER,
}  # fmt: skip
_WITHIN_ONE = re.compile(r"(?:mixed|dual)(?: heritage)? (?:white|asian|black)")
_STARTS_MIXED = re.compile(r"^(?:(?!white|asian|black)\w+ )?(?:\w\d+ |\w )?(?:any other |other )?(?:mixed|mxd|dual)\b")

_BY_WORD: dict[str, tuple[tuple[str, str], ...]] = {
    WHITE: (
        (r"travell?er", "WIRT"), ("gypsy|gipsy|roma|romany", "WROM"), ("irish", "WIRI"),
        ("british|english|scottish|welsh", "WBRI"), ("other", "WOTH"),
    ),
    MIXED: ((r"white\b.*\bcaribbean", "MWBC"), (r"white\b.*\bafrican", "MWBA"), (r"white\b.*\basian", "MWAS")),
    ASIAN: (
        ("other", "AOTH"), ("indian", "AIND"), (r"pakistan\w*", "APKN"), (r"bangladesh\w*", "ABAN"),
    ),
    BLACK: (("other", "BOTH"), ("caribbean", "BCRB"), ("african", "BAFR")),
    OTHER: (("chinese", "CHNE"), ("other ethnic", "OOTH")),
}  # fmt: skip


class EthnicityLexicon(Lexicon):
    """Decide by the peoples that are named; where none is named, by codes."""

    def _by_code(self, text: str) -> Meaning | None:
        for candidate in code_candidates(text):
            if candidate in NATIONAL:
                return Meaning(NATIONAL[candidate], candidate, sure=True)
            if candidate in CENSUS_2001:
                code = CENSUS_2001[candidate]
                return Meaning(NATIONAL[code], code, sure=True)
            if candidate == _UNBORN:
                return Meaning(NOT_STATED, "NOBT", sure=True)
        for candidate in code_candidates(text):
            numbered = _NUMBERED.fullmatch(candidate)
            if numbered is not None:
                last = re.split(r"[.\s]", candidate)[-1]
                known = CENSUS_2001.get(last)
                return Meaning(NATIONAL[known] if known else LETTERS[numbered[1]], known, sure=False)
            if candidate in LETTERS and len(text.strip(" ().")) == 1:
                return Meaning(LETTERS[candidate], None, sure=False)
            if len(candidate) == 4 and candidate.isalpha() and candidate[0] in EXTENDED and candidate in text:
                return Meaning(EXTENDED[candidate[0]], None, sure=False)
        return None

    def by_words(self, words: str) -> Meaning | None:
        """Give the group by the peoples named: two groups joined are mixed, a people outside the groups is other."""
        group = _group_of(words)
        if group is None:
            return None
        is_clear = group == NOT_STATED or _NOT_STATED.search(words) is None
        return Meaning(group, _precise(group, words) if is_clear else None, sure=is_clear)


def _group_of(words: str) -> str | None:
    named = [group for group, pattern in ((WHITE, _WHITE), (ASIAN, _ASIAN), (BLACK, _BLACK)) if pattern.search(words)]
    if _NOT_STATED.search(words) and not named:
        return NOT_STATED
    if any(_is_mixture(found[1], found[2], found[3]) for found in _joints(words)):
        return MIXED
    if _MIXED.search(words) and _names_mixture(words, named):
        return MIXED
    if _OTHER_PEOPLES.search(words) and WHITE not in named:
        return OTHER
    if _CHINESE.search(words):
        return OTHER
    if "african asian" in words or "african indian" in words:
        return ASIAN
    if named:
        return _first_named(words, named)
    if _BRITISH.search(words):
        return WHITE
    return OTHER if _OTHER.search(words) else None


def _joints(words: str) -> list[re.Match[str]]:
    """Find every place where two heritages stand beside each other; the second may be the first of the next."""
    found, start = [], 0
    while match := _JOINED.search(words, start):
        found.append(match)
        start = match.start(3)
    return found


def _is_mixture(one: str, joint: str | None, other: str) -> bool:
    """Tell whether two heritages are joined: white and asian, white asian; not asian african, nor white other."""
    first, second = _HERITAGE[one], _HERITAGE[other]
    if first == second:
        return False
    if second == OTHER:
        return joint is not None and first != ASIAN
    return joint is not None or first == WHITE


def _names_mixture(words: str, named: list[str]) -> bool:
    """Tell whether mixed means the mixed group, not a mixture within one: Asian (mixed), mixed white."""
    if len(named) != 1:
        return True
    return _WITHIN_ONE.fullmatch(words) is None and _STARTS_MIXED.match(words) is not None


def _first_named(words: str, named: list[str]) -> str | None:
    """Give the one group named, or of several the one that the text begins with: Asian (East African)."""
    if len(named) == 1:
        return named[0]
    places = {group: pattern.search(words) for group, pattern in ((WHITE, _WHITE), (ASIAN, _ASIAN), (BLACK, _BLACK))}
    starts = {group: match.start() for group, match in places.items() if match is not None}
    return min(starts, key=lambda group: starts[group])


def _precise(group: str, words: str) -> str | None:
    """Give the national code where the words say more than the group."""
    if group == NOT_STATED:
        return "REFU" if _REFUSED.search(words) else "NOBT"
    return next((code for pattern, code in _BY_WORD[group] if re.search(rf"\b(?:{pattern})\b", words)), None)


_VOCABULARY = (
    "white", "black", "asian", "british", "irish", "african", "caribbean", "indian", "pakistani", "bangladeshi",
    "chinese",
    "mixed", "other", "background", "traveller", "heritage", "ethnic", "group", "gypsy", "refused", "stated",
    "obtained",
    "information", "multiple", "unknown", "declined",
)  # fmt: skip

ETHNICITY = EthnicityLexicon(
    (WHITE, MIXED, ASIAN, BLACK, OTHER, NOT_STATED), (), vocabulary=_VOCABULARY, codes_first=False
)
