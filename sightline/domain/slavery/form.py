"""The form of a referral to the National Referral Mechanism, as one table: steps, what is asked when, what is needed.

Names, labels and options are the Home Office's own (sightline/reference/codes). The order of the steps and what leads
to what were read in its published source; what its versions leave open is said in `NOT_ASKED` and in the comments. The
database refuses to call a referral sent by the same rows (`refused_as`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sightline.reference.codes import referral_form_fields

LONGEST = 15_000
"""How many characters the form takes in one answer."""


class Shape(StrEnum):
    """Name how an answer is given."""

    LINE = "a line"
    WORDS = "words"
    CHOICE = "one of its options"
    TICK = "a tick"
    DAY = "a day"


When = tuple[tuple[str, frozenset[str]], ...]
"""Conditions that must all hold: this field has one of these answers; the empty answer means: not answered yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold one field of the form: its shape, whether the form goes on without it, and when it is asked."""

    name: str
    shape: Shape = Shape.LINE
    needed: bool = True
    when: When = ()

    @property
    def label(self) -> str:
        """Give the form's own words, or ours where it has none that fit."""
        return OUR_WORDS.get(self.name) or referral_form_fields()[self.name].label

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Give the options of a choice, each with its words."""
        return referral_form_fields()[self.name].options if self.shape is Shape.CHOICE else ()


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one page of the form."""

    path: str
    fields: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Hold the steps of one subject, in the form's order."""

    title: str
    steps: tuple[Step, ...]


def _if(name: str, *values: str) -> tuple[str, frozenset[str]]:
    return name, frozenset(values)


CHILD = _if("pv-under-age", "yes", "not-sure")
ADULT = _if("pv-under-age", "no")
COUNCIL = "local-authority-contacted-about-child-local-authority-"
UK = _if("where-exploitation-happened", "uk", "uk-and-overseas")
OVERSEAS = _if("where-exploitation-happened", "overseas", "uk-and-overseas")
CONSENTS = (ADULT, _if("pv-want-to-submit-nrm", "yes"))
WRITTEN_TO = (*CONSENTS, _if("who-contact", "potential-victim"))
FOR_SOMEBODY = (*CONSENTS, _if("who-contact", "someone-else"))
SUPPORTED = (*CONSENTS, _if("does-pv-need-support", "yes"))
TYPES = tuple(f"types-of-exploitation-{name}" for name in (
    "forced-to-work", "wages-taken", "forced-to-commit-fraud", "prostitution", "child-exploitation",
    "taken-somewhere", "forced-to-commit-crime", "organs-removed", "unpaid-household-work", "other"))
"""Of these at least one must be ticked."""

TICKED = "true"
BLANK = " \t\n\r"


def _line(name: str, *when: tuple[str, frozenset[str]], needed: bool = True) -> Asked:
    return Asked(name, Shape.LINE, needed, when)


def _words(name: str, *when: tuple[str, frozenset[str]], needed: bool = True) -> Asked:
    return Asked(name, Shape.WORDS, needed, when)


def _choice(name: str, *when: tuple[str, frozenset[str]], needed: bool = True) -> Asked:
    return Asked(name, Shape.CHOICE, needed, when)


def _step(path: str, *fields: Asked) -> Step:
    return Step(path, fields)


SECTIONS: tuple[Section, ...] = (
    Section("Your report", (
        _step("/reference", _line("reference")),
        _step("/organisation", _line("user-organisation")),
        _step("/fr-location", _choice("fr-location")),
        _step("/pv-under-age", _choice("pv-under-age")),
    )),
    Section("The council that was contacted", (
        _step("/local-authority-contacted-about-child",
              _line(f"{COUNCIL}name", CHILD), _line(f"{COUNCIL}phone", CHILD), _line(f"{COUNCIL}email", CHILD),
              _line(f"{COUNCIL}first-name", CHILD, needed=False), _line(f"{COUNCIL}last-name", CHILD, needed=False)),
        _step("/pv-under-age-at-time-of-exploitation", _choice("pv-under-age-at-time-of-exploitation", ADULT)),
    )),
    Section("What happened", (
        _step("/what-happened", _words("what-happened")),
        _step("/what-is-their-background", _line("birthplace"), _words("family"), _words("education"),
              _words("employment-history")),
        _step("/potential-victim-exploitative-situation-multiple",
              _choice("potential-victim-exploitative-situation-multiple")),
        _step("/when-did-the-exploitation-take-place", _words(
            "when-did-the-exploitation-take-place",
            _if("potential-victim-exploitative-situation-multiple", "no", "i-dont-know"))),
        _step("/when-did-the-exploitation-take-place-multiple", _words(
            "when-did-the-exploitation-take-place-multiple",
            _if("potential-victim-exploitative-situation-multiple", "yes"))),
        _step("/how-did-the-exploitation-start", _words("how-did-the-exploitation-start")),
        _step("/were-they-taken-somewhere-by-their-exploiter",
              _choice("were-they-taken-somewhere-by-their-exploiter"),
              _words("were-they-taken-somewhere-by-their-exploiter-journey-details",
                     _if("were-they-taken-somewhere-by-their-exploiter", "yes"))),
        _step("/how-they-were-treated", _words("what-were-they-required-to-do"),
              # In the list of fields, and on no step that was read: asked here, and the referral goes without it.
              _words("living-conditions", needed=False),
              _words("how-they-were-treated"), _words("why-they-stayed")),
        # The same holds of this question, which by its words decides whether the next is asked.
        _step("/still-in-exploitative-situation", _choice("still-in-exploitative-situation", needed=False)),
        _step("/how-why-did-they-leave-the-situation", _words(
            "how-why-did-they-leave-the-situation", _if("still-in-exploitative-situation", "no", ""))),
        _step("/when-last-contact", _choice("when-last-contact")),
        _step("/details-last-contact", _words("details-last-contact", needed=False)),
        _step("/is-this-the-first-chance-to-report", _choice("is-this-the-first-chance-to-report"),
              _words("yes-the-first-chance-to-report", _if("is-this-the-first-chance-to-report", "yes"), needed=False),
              _words("not-sure-the-first-chance-to-report", _if("is-this-the-first-chance-to-report", "not-sure"),
                     needed=False)),
        _step("/why-report-now", _words("why-report-now", _if("is-this-the-first-chance-to-report", "no"))),
        _step("/modern-slavery-indicators", _choice("modern-slavery-indicators")),
        _step("/why-are-you-making-the-referral", _words("why-are-you-making-the-referral")),
        _step("/are-others-involved", _choice("are-others-involved"),
              _words("are-others-involved-details", _if("are-others-involved", "yes"))),
        _step("/evidence-of-dishonesty", _choice("evidence-of-dishonesty"),
              _words("evidence-of-dishonesty-details", _if("evidence-of-dishonesty", "yes"))),
    )),
    Section("Where", (
        _step("/where-exploitation-happened", _choice("where-exploitation-happened")),
        _step("/where-exploitation-happened-uk", _line("where-exploitation-happened-uk-city-1", UK),
              *(_line(f"where-exploitation-happened-uk-city-{n}", UK, needed=False) for n in range(2, 11)),
              _words("where-exploitation-happened-other-uk-other-location", UK, needed=False)),
        _step("/where-exploitation-happened-overseas",
              _line("where-exploitation-happened-overseas-country-1", OVERSEAS),
              *(_line(f"where-exploitation-happened-overseas-country-{n}", OVERSEAS, needed=False)
                for n in range(2, 11)),
              _words("where-exploitation-happened-other-overseas-other-location", OVERSEAS, needed=False)),
        _step("/current-pv-location", _line("current-pv-location-uk-city"), _line("current-pv-location-uk-region")),
    )),
    Section("Who did it, and what", (
        _step("/who-exploited-pv", _words("who-exploited-pv")),
        _step("/exploiters-location", _choice("exploiters-location")),
        _step("/are-exploiters-in-the-uk", _choice("are-exploiters-in-the-uk", _if("exploiters-location", "yes"))),
        _step("/exploiters-current-location-details", _words(
            "exploiters-current-location-details", _if("exploiters-location", "yes"))),
        _step("/types-of-exploitation", *(Asked(name, Shape.TICK, needed=False) for name in TYPES),
              _words("other-exploitation-details", _if(TYPES[-1], TICKED))),
        _step("/any-other-pvs", _choice("any-other-pvs"),
              _words("other-potential-victims-yes-details", _if("any-other-pvs", "yes"), needed=False),
              _words("other-potential-victims-not-sure-details", _if("any-other-pvs", "not-sure"), needed=False)),
        _step("/future-exploitation", _choice("future-exploitation-concerns")),
        _step("/concerns-future-exploitation", _words(
            "future-exploitation-reasons", _if("future-exploitation-concerns", "yes"))),
        _step("/reported-to-police", _choice("reported-to-police"),
              _line("reported-to-police-police-forces", _if("reported-to-police", "yes")),
              _line("reported-to-police-crime-reference", _if("reported-to-police", "yes"))),
        _step("/authorities-cooperation", _choice("authorities-cooperation"),
              _words("authorities-cooperation-details", _if("authorities-cooperation", "yes"), needed=False)),
    )),
    Section("Consent", (
        _step("/pv-want-to-submit-nrm", _choice("pv-want-to-submit-nrm", ADULT)),
        _step("/refuse-nrm", _words("refuse-nrm", ADULT, _if("pv-want-to-submit-nrm", "no"), needed=False)),
        _step("/does-pv-need-support", _choice("does-pv-need-support", *CONSENTS)),
    )),
    Section("The child", (
        _step("/pv-name-referral", _line("pv-name-first-name"), _line("pv-name-last-name"),
              _line("pv-name-nickname", needed=False)),
        _step("/pv-dob", Asked("pv-dob", Shape.DAY, needed=False)),
        _step("/pv-gender-referral", _choice("pv-gender")),
        _step("/does-pv-have-children", _choice("does-pv-have-children"),
              _line("does-pv-have-children-yes-amount", _if("does-pv-have-children", "yes"))),
        _step("/pv-nationality-referral", _line("pv-nationality"), _line("pv-nationality-second", needed=False)),
        _step("/pv-interpreter-requirements", _choice("pv-interpreter-requirements"),
              _line("pv-interpreter-requirements-language", _if("pv-interpreter-requirements", "yes"))),
        _step("/pv-other-help-with-communication", _choice("pv-other-help-with-communication"),
              _line("pv-other-help-with-communication-aid", _if("pv-other-help-with-communication", "yes"))),
        _step("/pv-ho-reference", _choice("pv-ho-reference"),
              _line("pv-ho-reference-type", _if("pv-ho-reference", "yes"))),
    )),
    Section("Who is told of the decision", (
        _step("/who-contact", _choice("who-contact", *CONSENTS)),
        _step("/someone-else", _choice("someone-else", *FOR_SOMEBODY),
              _line("someone-else-first-name", *FOR_SOMEBODY, needed=False),
              _line("someone-else-last-name", *FOR_SOMEBODY, needed=False),
              _line("someone-else-email-input", *FOR_SOMEBODY, _if("someone-else", "email")),
              *(_line(f"someone-else-{part}", *FOR_SOMEBODY, _if("someone-else", "post"), needed=part != "county")
                for part in ("street", "town", "county", "postcode")),
              Asked("someone-else-permission-check", Shape.TICK, when=FOR_SOMEBODY)),
        _step("/pv-contact-details-referral", _choice("pv-contact-details", *WRITTEN_TO),
              _line("pv-contact-details-email-input", *WRITTEN_TO, _if("pv-contact-details", "email")),
              Asked("pv-contact-details-email-check", Shape.TICK,
                    when=(*WRITTEN_TO, _if("pv-contact-details", "email"))),
              *(_line(f"pv-contact-details-{part}", *WRITTEN_TO, _if("pv-contact-details", "post"),
                      needed=part != "county") for part in ("street", "town", "county", "postcode")),
              Asked("pv-contact-details-post-check", Shape.TICK,
                    when=(*WRITTEN_TO, _if("pv-contact-details", "post")))),
        _step("/pv-phone-number", _choice("pv-phone-number", *SUPPORTED),
              _line("pv-phone-number-yes", *SUPPORTED, _if("pv-phone-number", "yes")),
              _line("pv-phone-number-alternative", *SUPPORTED, _if("pv-phone-number", "pv-alternative-number")),
              _line("alternative-number-relation-to-pv", *SUPPORTED, _if("pv-phone-number", "pv-alternative-number"))),
    )),
    Section("You", (
        _step("/fr-details", _line("fr-details-first-name"), _line("fr-details-last-name"), _line("fr-details-role"),
              _line("fr-details-phone")),
        _step("/fr-alternative-contact", _line("fr-alternative-contact", needed=False)),
    )),
)

FIELDS: dict[str, Asked] = {
    field.name: field for section in SECTIONS for step in section.steps for field in step.fields}

NOT_ASKED: dict[str, str] = {
    "user-email": "whoever signs in to the form has given it there",
    "whats-their-background": "a heading",
    "where-exploitation-happened-uk-city": "a heading",
    "where-exploitation-happened-overseas-country": "a heading",
    "no-contact-details": "words to who refers, no question",
    "more-than-one-exploitation-situation": "an older question: no step leads to it any more",
}
"""Names in the form's list of fields that it does not ask."""

OUR_WORDS: dict[str, str] = {
    # In the list this field bears the words of another, about a crime reference number.
    "pv-want-to-submit-nrm": "Does the potential victim consent to be referred?",
    "were-they-taken-somewhere-by-their-exploiter": "Were they taken somewhere by their exploiter?",
    "evidence-of-dishonesty": "Is there evidence of dishonesty?",
    "are-others-involved": "Are other people involved?",
    "pv-dob": "Date of birth",
    "who-contact": "Who should be told of the decision?",
    "what-happened": "What happened?",
    "who-exploited-pv": "Who exploited them?",
    f"{COUNCIL}phone": "Phone number of local authority",
    f"{COUNCIL}email": "Email address of local authority",
    **{f"where-exploitation-happened-overseas-country-{n}": "Country" if n == 1 else "Another country"
       for n in range(1, 11)},
    **{f"where-exploitation-happened-uk-city-{n}": "City or town" if n == 1 else "Another city or town"
       for n in range(1, 11)},
    "where-exploitation-happened-other-uk-other-location": "Other address or location in the UK",
    "where-exploitation-happened-other-overseas-other-location": "Other address or location overseas",
    "current-pv-location-uk-city": "City or town where the potential victim is now",
    "current-pv-location-uk-region": "Region where the potential victim is now",
    "other-exploitation-details": "Other type of exploitation",
    "other-potential-victims-yes-details": "More about other potential victims",
    "other-potential-victims-not-sure-details": "More about other potential victims",
    "yes-the-first-chance-to-report": "More about the earlier report",
    "not-sure-the-first-chance-to-report": "More about an earlier report",
    "pv-nationality": "Nationality", "pv-nationality-second": "Second nationality",
    "fr-details-first-name": "Your first name", "fr-details-last-name": "Your last name",
    "fr-details-role": "Your role", "fr-details-phone": "Your phone number",
    "fr-alternative-contact": "Your email address",
    "pv-name-first-name": "First name of the potential victim",
    "pv-name-last-name": "Last name of the potential victim",
}
"""Labels of ours: where the form has none, where its own is a hint or an instruction, or speaks of another field."""

HINTS: dict[str, str] = {
    "what-happened": "As much detail as you can. Do not include their name or the names of other potential victims.",
}


def asked(answers: Mapping[str, str]) -> Iterator[Asked]:
    """Give the fields that the form asks after these answers, in its order."""
    return (field for field in FIELDS.values() if applies(field, answers))


def applies(field: Asked, answers: Mapping[str, str]) -> bool:
    """Tell whether the form asks for a field after these answers."""
    return all(answers.get(name, "").strip(BLANK) in values for name, values in field.when)


def missing(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Name the fields without which the form does not go on, in its order; a tick of one kind of exploitation by the
    first of them."""
    found = [field.name for field in asked(answers) if field.needed and not answers.get(field.name, "").strip(BLANK)]
    if not any(answers.get(name, "").strip(BLANK) for name in TYPES):
        found.append(TYPES[0])
    order = list(FIELDS)
    return tuple(sorted(found, key=order.index))


def steps_of(answers: Mapping[str, str]) -> list[Step]:
    """List the pages of the form that somebody with these answers goes through."""
    names = {field.name for field in asked(answers)}
    return [step for section in SECTIONS for step in section.steps if any(f.name in names for f in step.fields)]


def refused_as(answers: str) -> str:
    """Give SQL for the names that `missing` gives, as an array: `answers` is a jsonb of name to {"value": ...}."""
    rows = ",\n    ".join(f"('{field.name}', {_kept_as(field, answers)})" for field in FIELDS.values() if field.needed)
    types = " and ".join(f"{_value(answers, name)} = ''" for name in TYPES)
    return (f"array(select n.name from (values\n    {rows},\n    ('{TYPES[0]}', {types})\n  ) as n(name, lacks)"  # nosec B608
            " where n.lacks)")


def _kept_as(field: Asked, answers: str) -> str:
    conditions = [f"{_value(answers, name)} in ({', '.join(repr(value) for value in sorted(values))})"
                  for name, values in field.when]
    return " and ".join([*conditions, f"{_value(answers, field.name)} = ''"])


def _value(answers: str, name: str) -> str:
    return f"btrim(coalesce({answers}->'{name}'->>'value', ''), E' \\t\\n\\r')"
