"""Read a value that somebody wrote in his own way: by its national code, by its canonical name, or by its words.

Spellings are endless and codes were changed by every council, so a value is not looked up: it is brought into plain
words, its spelling is mended by the words that the field knows, and then rules decide, the most telling first. What
no rule recognises is unknown; a guess would be worse.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

LONGEST = 400
SHORTEST_MENDED = 5
SHORTEST_START, LONGEST_START = 3, 6
ALIKE_ENOUGH = 84.0
"""Two words so alike (0 to 100) are one word misspelt: accomodation, bangaldeshi, consect. Tried on words of five
letters and more; lower values began to take one real word for another."""

_MOJIBAKE = re.compile(
    r"[\u00c3\u00c2\u00e2][\u0080-\u00bf\u0152-\u0153\u0160-\u0161\u017d-\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)
_APOSTROPHES = re.compile(r"[\u2018\u2019\u02bc'`\u00b4]|\?(?=s\b)|\?+(?=\?s\b)")
_NOT_WORDS = re.compile(r"[^\w\s]+|_")
_AND = re.compile(r"[&+]")
_LIST_LETTER = re.compile(r"^\s*[A-Za-z][).:]\s+(?=\S)")
_LEADING = re.compile(r"^[\s(\[]*([A-Za-z]{0,4}\.?[A-Za-z]{0,2}\d{0,2}[A-Za-z]{0,3})(?=[\s):\]\-\u2013.,>]|$)")
_BRACKETED = re.compile(r"[(\[]\s*([A-Za-z]{0,4}\d{0,2}[A-Za-z]?)\s*[)\]]")
_NOT_MAPPED = re.compile(r"^code '([^']+)' is not mapped$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """Hold what a value means: the canonical value of its field, the national code where one is known.

    `sure` is False where the spelling had to be mended, or where words and code disagree.
    """

    canonical: str
    code: str | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """Say that words of this pattern mean this canonical value, and perhaps this national code."""

    canonical: str
    pattern: re.Pattern[str]
    code: str | None = None


def rule(canonical: str, *patterns: str, code: str | None = None) -> Rule:
    """Make a rule: any of the patterns, each over whole words."""
    return Rule(canonical, re.compile(rf"\b(?:{'|'.join(patterns)})\b"), code)


def repair(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252, once or twice."""
    for _ in range(3):
        if _MOJIBAKE.search(text) is None:
            break
        try:
            text = text.encode("cp1252").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            break
    return text


def plain_words(text: str) -> str:
    """Give the words of a text in small letters, without marks; & and + become and."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _APOSTROPHES.sub("", text)
    text = _AND.sub(" and ", text)
    return " ".join(_NOT_WORDS.sub(" ", text).split())


def code_candidates(text: str) -> list[str]:
    """Give what may be a code in a text: the whole, the first word, or what stands in brackets."""
    unmapped = _NOT_MAPPED.match(text.strip())
    if unmapped:
        return [unmapped[1].upper()]
    found = [text.strip()]
    body = _LIST_LETTER.sub("", text)
    for body_text in (text, body):
        if (match := _LEADING.match(body_text)) and match[1]:
            found.append(match[1])
    found += [match[1] for match in _BRACKETED.finditer(text) if match[1]]
    return list(dict.fromkeys(candidate.upper().strip(" .:-)(][\u2018\u2019'\"") for candidate in found))


class Lexicon:
    """Hold all that is known of one field."""

    def __init__(
        self,
        canonicals: Iterable[str],
        rules: Iterable[Rule],
        *,
        codes: Mapping[str, str] | None = None,
        codes_first: bool = True,
        vocabulary: Iterable[str] = (),
    ) -> None:
        self.canonicals = tuple(canonicals)
        self.rules = tuple(rules)
        self.codes = dict(codes or {})
        self.codes_first = codes_first
        self.more_words = tuple(vocabulary)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for canonical in self.canonicals:
            names[plain_words(canonical)] = canonical
            names.setdefault(plain_words(_LIST_LETTER.sub("", canonical)), canonical)
        return names

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        """Give the words of rules and canonical names, by which spelling is mended."""
        found = {word for name in self._by_name for word in name.split()} | set(self.more_words)
        for known in self.rules:
            found.update(re.findall(r"[a-z]{5,}", re.sub(r"\\[a-z]|\(\?[:!=<]*", " ", known.pattern.pattern)))
        return tuple(sorted(word for word in found if len(word) >= SHORTEST_MENDED))

    def prefers_code(self, code: str | None) -> bool:
        """Tell whether a code is believed where the words say something else."""
        return self.codes_first

    def code_of(self, candidate: str) -> str | None:
        """Give the national code that a candidate is, or None; fields with codes of their own kind override this."""
        return candidate if candidate in self.codes else None

    def read(self, text: str) -> Meaning | None:
        """Give the meaning of a text, or None where it is not known."""
        text = repair(text[:LONGEST])
        words = plain_words(text)
        canonical = self._by_name.get(words) or self._by_name.get(plain_words(_LIST_LETTER.sub("", text)))
        if canonical is not None:
            found = self.by_words(words)
            return Meaning(canonical, found.code if found and found.canonical == canonical else None, sure=True)
        coded, worded = self._by_code(text), self._by_words_mended(words)
        if coded is None or worded is None:
            return coded or worded
        first, second = (coded, worded) if self.prefers_code(coded.code) else (worded, coded)
        if first.canonical != second.canonical:
            return Meaning(first.canonical, first.code, sure=False)
        return Meaning(first.canonical, first.code or second.code, first.sure)

    def _by_code(self, text: str) -> Meaning | None:
        for candidate in code_candidates(text):
            code = self.code_of(candidate)
            if code is not None:
                return Meaning(self.codes[code], code, sure=True)
        return None

    def by_words(self, words: str) -> Meaning | None:
        """Give the meaning by the first rule that the words meet."""
        for known in self.rules:
            if known.pattern.search(words):
                return Meaning(known.canonical, known.code, sure=True)
        return None

    def _by_words_mended(self, words: str) -> Meaning | None:
        found = self.by_words(words)
        if found is not None:
            return found
        mended = " ".join(self._mend(word) for word in words.split())
        if mended != words:
            found = self.by_words(mended)
            return Meaning(found.canonical, found.code, sure=False) if found else None
        return self._by_start(words)

    def _by_start(self, word: str) -> Meaning | None:
        """Read a word cut short (HOSP, DAUG), where all known words that start so mean the same."""
        if not SHORTEST_START <= len(word) <= LONGEST_START or not word.isalpha():
            return None
        found = [self.by_words(known) for known in self._vocabulary if known.startswith(word)]
        canonicals = {meaning.canonical if meaning else "" for meaning in found}
        if len(canonicals) != 1 or "" in canonicals:
            return None
        return Meaning(canonicals.pop(), None, sure=False)

    def _mend(self, word: str) -> str:
        from rapidfuzz import fuzz, process  # slow to load, and seldom needed

        if len(word) < SHORTEST_MENDED or not word.isalpha() or word in self._vocabulary:
            return word
        found = process.extractOne(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=ALIKE_ENOUGH)
        return found[0] if found else word
