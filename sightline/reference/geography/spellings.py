"""The many ways in which people write the name of a council or a police force, brought to one.

"Knowsley", "KNOWSLEY MBC", "Knowsley Metropolitan Borough Council" and "E08000011" are the same council. A name is
first looked up as it stands, then without the words that say what kind of body it is: so "City of London" is found
before anything is taken away from it, and "Durham County Council" is not mistaken for the police force.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

PREFIXES = re.compile(
    r"^(the|city county of|city district of|city of|county of|county borough of|metropolitan borough of|"
    r"borough council of|london borough of|royal borough of|borough of|district of|lb of|lb|lbc of|mbc of|rb of) ",
)
SUFFIXES = re.compile(
    r" (council|childrens services|childrens social care|social services|local authority|unitary authority|authority|"
    r"corporation|county borough|metropolitan borough|london borough|royal borough|metropolitan district|"
    r"city district|borough|district|county|city|unitary|cc|mbc|mdc|cbc|bc|dc|lb|lbc|"
    r"police|police service|police force|constabulary|area|edt|mash)$",
)
SHORT_FORMS = {"saint": "st", "co": "county"}
LONGEST_NAME = 120


def plain(text: str) -> str:
    """Give the name in lower case without accents, punctuation and the word "and"."""
    letters = unicodedata.normalize("NFKD", text[:LONGEST_NAME]).casefold().replace("'", "").replace("\u2019", "")
    words = re.sub(r"[^a-z0-9]+", " ", "".join(c for c in letters if not unicodedata.combining(c))).split()
    return " ".join(SHORT_FORMS.get(word, word) for word in words if word != "and")


def forms(text: str) -> Iterator[str]:
    """Yield the name as written, then with ever fewer of the words that only say what kind of body it is."""
    form = plain(text)
    yield form
    while True:
        shorter = SUFFIXES.sub("", form, count=1)
        if shorter == form:
            shorter = PREFIXES.sub("", form, count=1)
        if shorter == form:
            return
        form = shorter
        yield form


def first_known(text: str, names: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Give the codes behind the first form of the name that is known: none, one, or several successors."""
    for form in forms(text):
        if form in names:
            return names[form]
    return ()


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Give "Did you mean A or B?" from the known names, or nothing where none is near."""
    written = {plain(name): name for name in known}
    last = list(forms(text))[-1]
    near = [form for form in written if last and (form.startswith(last + " ") or last.startswith(form + " "))]
    near += [form for form in get_close_matches(last, written, n=3, cutoff=0.8) if form not in near]
    return f" Did you mean {' or '.join(written[form] for form in near[:3])}?" if near else ""
