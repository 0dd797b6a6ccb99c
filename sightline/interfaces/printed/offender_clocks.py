"""Print the clocks of managed offenders: the law as rows, what time away does, and the cases of their spec."""

from pathlib import Path

from sightline.domain.duties.nations import NATION_WORDS, Nation
from sightline.domain.duties.saying import say_day
from sightline.domain.offenders.requirement import STATE_WORDS
from sightline.domain.offenders.reviewing import AFTER_WORDS, TELL_BEFORE_DAYS
from sightline.domain.offenders.rule import ClockRule
from sightline.domain.offenders.rules import (
    EARLY_BY_DAYS,
    IN_DAYS,
    QUALIFYING_DAYS,
    QUALIFYING_MONTHS,
    RULES,
    SOURCES,
    VISIT,
)
from sightline.domain.offenders.silence import SILENT_AFTER_DAYS
from sightline.domain.offenders.visiting import VISIT_WORDS
from sightline.interfaces.printed.table import table

SPECS = Path(__file__).parents[3] / "tests" / "spec" / "offenders"

INTRODUCTION = """\
# Clocks of managed offenders

Printed from the code (`sightline/domain/offenders`) and its specs (`tests/spec/offenders`); do not edit.

An offender whom the police manage must tell them some things in time, and is visited and reviewed by them in time. Each
clock below is a row of data. A last day means its end. *Verified* says whether text and number were read in the source
named; no row has been confirmed by a named reviewer. The days from which rows hold are from memory where the authority
does not give them.

"""

COUNTED = """\

## What is counted

- **Beginning with**: the day itself is the first. Released on a Monday, told by the end of Wednesday.
- **Away**: a day belongs to time in custody, in hospital or abroad if the offender is away at its end, so the day of
  release counts. From clocks of three and six days, days away are left out (s.83(6), s.84(5)): whoever moved on the
  day before going to prison has used one of the three days. A year or week that ends while away goes on until the end
  of three days beginning with the return (s.85(3)). While nobody knows the end, the clock stands still.
- **Stays**: {days} days in {months} months at one other address. Each address counts for itself. A day counts with its
  night, the day of leaving does not, and a day that two stays hold counts once. This is our reading, to be verified.
- **In advance**: a notice that names the day holds if it happens at most {early} days early, or by the end of {late}
  days beginning with that day. A notice before the event that names no day does not count.
- **A year** begins with each first notice, change of name or address, stay, release or yearly notice; not with a notice
  of a journey, a bank account, a passport or a household with a child.
- **Two ends** of one custody: the earlier is counted, and somebody is told in words. So is any fact that cannot be
  counted; nothing else stops for it.

A clock is one of: {states}.

## Visits

There is no ladder of visits by risk: an officer sets the next visit, with a reason. It is overdue after the end of its
day. Only an offender who was seen was visited. What fell due in custody, in hospital or abroad is due on the day of
return. Managed without visits, anything new at the address, in the household or about a child after the day on which
that began brings visits back, and so does a release. A visit is one of: {visits}.

Silence after a release is an alarm when nothing is heard by the end of {silent} days beginning with it: our own number,
which can be set. An order of a court is shown as ending {before} days before its last day, which can be set, too. At
once after a significant change: {after}.

## Cases of the specs

"""


def page() -> str:
    """Give docs/reference/offender-clocks.md."""
    headings = ("code", "what", "binds", "counts from", "by when", "while away", "verified")
    counted = COUNTED.format(
        days=QUALIFYING_DAYS, months=QUALIFYING_MONTHS, early=EARLY_BY_DAYS, late=IN_DAYS, silent=SILENT_AFTER_DAYS,
        before=TELL_BEFORE_DAYS, states="; ".join(STATE_WORDS.values()), visits="; ".join(VISIT_WORDS.values()),
        after=", ".join(AFTER_WORDS.values()))
    cited = {key for rule in RULES for key in rule.sources}
    sources = "\n".join(f"- **{key}**: {words}" for key, words in SOURCES.items() if key in cited)
    return "".join([
        INTRODUCTION, table(headings, [_row(rule) for rule in RULES]), "\n\n## Where each was read\n\n",
        table(("code", "authority", "sources", "nations", "in force from", "to be checked"),
              [_read(rule) for rule in RULES]),
        "\n\n", sources, "\n", counted, *(_cases(name) for name in ("notifying", "visiting", "silence", "reviewing"))])


def _row(rule: ClockRule) -> tuple[str, ...]:
    return (rule.code, f"{rule.title}. {rule.what}", rule.binds.value, rule.began.format(day="a day"), _clock(rule),
            rule.away.value, "yes" if rule.verified else "no")


def _clock(rule: ClockRule) -> str:
    if not rule.commenced:
        return "not in force: check"
    if rule.days_ahead:
        return f"at least {rule.days_ahead} days before"
    return "the day that an officer set" if rule is VISIT else rule.clock.words


def _read(rule: ClockRule) -> tuple[str, ...]:
    nations = "everywhere" if len(rule.nations) == len(Nation) else ", ".join(
        NATION_WORDS[nation] for nation in Nation if nation in rule.nations)
    since = say_day(rule.in_force_from) if rule.in_force_from else "not known" if rule.commenced else "not in force"
    return rule.code, rule.authority, ", ".join(rule.sources), nations, since, rule.doubt


def _cases(name: str) -> str:
    return f"```text\n{(SPECS / f'{name}.txt').read_text('utf-8').rstrip()}\n```\n\n"[:-1]
