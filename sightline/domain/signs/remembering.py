"""Remember what each rule found, so that reading the same child again a moment later runs only what can differ.

A rule is run again where an entry came or went of a kind that it asked for last time, where the period of such an entry
has ended, where a wait of its own is over, or, for a rule that reads signs, where any other rule was run again. What it
asked for is watched, not declared: a rule cannot forget to say what it reads. `read` gives the same with a memory and
without, which invented lives prove.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sightline.domain.signs.finding import Finding, Found
from sightline.domain.signs.gaps import earliest
from sightline.domain.signs.known import Known
from sightline.domain.signs.missing import Episode
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, first_instant
from sightline.domain.vocabulary.place import Place

EVERYTHING, SIGNS = "*", "signs"
MISSING = ("missing.reported", "missing.found")


class Watched(Known):
    """Give the same as what is known, and note in `asked` which kinds a rule asks for."""

    asked: set[str]

    @classmethod
    def over(cls, known: Known) -> "Watched":
        """Watch what is known."""
        watched = cls(known.child, known.at, known.entries, known.by_kind, known.turns_at, known.born_on, known.found,
                      known.whole_life, known.ours, known.circle, known.near, known.left_out)
        object.__setattr__(watched, "asked", set())
        object.__setattr__(watched, "_whole", known)
        return watched

    def kind(self, kind: str) -> list[Entry]:
        """Give the entries of one kind."""
        self.asked.add(kind)
        return self._whole.kind(kind)

    def kinds(self, *kinds: str) -> list[Entry]:
        """Give the entries of these kinds."""
        self.asked.update(kinds)
        return self._whole.kinds(*kinds)

    def home_at(self, moment: Moment) -> Place | None:
        """Give the home of a moment."""
        self.asked.add("child.home")
        return self._whole.home_at(moment)

    @property
    def told_episodes(self) -> tuple[Episode, ...]:
        """Give every time missing as each agency told it."""
        self.asked.update(MISSING)
        return self._whole.told_episodes

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Give the times missing, each once."""
        self.asked.update(MISSING)
        return self._whole.episodes

    def __getattribute__(self, name: str) -> object:
        """Note who asks for every entry at once, or for the signs found."""
        if name in ("entries", "by_kind"):
            object.__getattribute__(self, "__dict__").get("asked", set()).add(EVERYTHING)
        elif name == "found":
            object.__getattribute__(self, "__dict__").get("asked", set()).add(SIGNS)
        return super().__getattribute__(name)

    _whole: Known


@dataclass(slots=True)
class _Ran:
    """Hold what a rule found last time, what it asked for, and when its next wait is over."""

    findings: list[Finding]
    asked: frozenset[str]
    again_at: datetime | None


@dataclass(slots=True)
class Memory:
    """Hold what was found when a child was last read; one memory reads one child, from the past on."""

    at: datetime | None = None
    by_kind: dict[str, list[Entry]] = field(default_factory=dict)
    born_on: object = None
    ran: dict[str, _Ran] = field(default_factory=dict)
    until: dict[str, datetime] = field(default_factory=dict)

    def findings(self, known: Known, rules: Sequence[Rule]) -> list[tuple[Rule, Finding]]:
        """Give what each rule finds, as `reading` does: the rules that read signs last, over what was found before."""
        changed = self._changed(known)
        found: list[Found] = []
        told: list[tuple[Rule, Finding]] = []
        for upon_signs in (False, True):
            for rule in rules:
                if rule.upon_signs is upon_signs:
                    findings, again = self._of(rule, known.having(found) if upon_signs else known, changed)
                    changed |= {SIGNS} if again else set()
                    told += [(rule, finding) for finding in findings]
                    found += [Found(rule.code, rule.family, finding) for finding in findings
                              if not isinstance(finding.at, datetime) or finding.at <= known.at
                              ] if rule.read_by_signs else []
        self.at, self.by_kind, self.born_on = known.at, known.by_kind, known.born_on
        return told

    def _of(self, rule: Rule, known: Known, changed: set[str]) -> tuple[list[Finding], bool]:
        """Give what a rule finds, and whether that can differ from what the rules above it saw last time."""
        ran = self.ran.get(rule.edition_name)
        over = ran is not None and ran.again_at is not None and ran.again_at <= known.at
        if ran is not None and not over and not _touched(ran.asked, changed):
            return ran.findings, False
        watched = Watched.over(known)
        watched.asked.clear()
        findings = list(rule.find(watched))
        waits = [earliest(f.at) for f in findings if isinstance(f.at, datetime) and f.at > known.at]
        self.ran[rule.edition_name] = _Ran(findings, frozenset(watched.asked), min(waits, default=None))
        return findings, True

    def _changed(self, known: Known) -> set[str]:
        """Give the kinds of which an entry came, went or changed since, or the period of one has ended."""
        before = self.at
        if before is None or known.born_on != self.born_on:
            self.ran.clear()
        changed = {kind for kind in self.by_kind.keys() | known.by_kind.keys()
                   if self.by_kind.get(kind) != known.by_kind.get(kind)}
        for entry in known.entries:
            if entry.until is not None and before is not None and entry.kind not in changed:
                ends = self.until.get(entry.id)
                if ends is None:
                    ends = self.until[entry.id] = first_instant(entry.until)
                if before < ends <= known.at:
                    changed.add(entry.kind)
        return changed | ({EVERYTHING} if changed else set())


def _touched(asked: frozenset[str], changed: set[str]) -> bool:
    return not asked.isdisjoint(changed) or any(
        one.startswith(kind) for kind in asked if kind.endswith(".") for one in changed)
