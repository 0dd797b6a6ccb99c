"""What agencies did about what they owed, and say so: notices sent, decisions made, plans, education begun.

Without it every duty of two years would look neglected. How often somebody does what is owed is assumed, share by
share; what is left undone is what a morning's queue is made of. Codes are those of the catalogue of duties.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sightline.demonstration.chance import later, moment
from sightline.demonstration.families import Child
from sightline.demonstration.happened import Arrest, Exclusion, Life, Missing, Placement, PoliceEvent, RollChange
from sightline.demonstration.places import AREAS_OF_COUNCIL, councils
from sightline.demonstration.records import Desk
from sightline.demonstration.school_year import is_school_day, school_days_after
from sightline.demonstration.sent_by_police import LETTERS, children_at_home, force_name, of_school_age
from sightline.demonstration.sent_by_schools import ONLY_CENSUS, file_word
from sightline.reference.geography import place_of

DONE = {
    "D-EX-1": 0.97, "D-EX-2": 0.93, "D-EX-3": 0.8, "D-EX-4": 0.82, "D-EX-6": 0.6, "D-EX-7": 0.7, "D-EX-8": 0.85,
    "D-EX-12": 0.9, "D-MIS-2": 0.92, "D-MIS-4": 0.8, "D-MIS-6": 0.7, "D-MIS-8": 0.6, "D-ARR-4-SCREEN": 0.6,
    "D-ENC": 0.85, "D-PLC-1": 0.9, "D-PLC-2": 0.75, "D-PLC-6": 0.85, "D-PLC-8": 0.85, "D-LAC-2": 0.85, "D-HLT-4": 0.75,
    "D-ARR-2": 0.9, "D-ATT-1": 0.85, "D-ATT-2": 0.85, "D-CP-1-CORE": 0.85, "D-LAC-1": 0.85,
}
"""Share of each duty that is done and told: assumed."""
SCREENED_REASONS = frozenset(("OW", "BW", "DR", "DA", "PP", "PA", "OS"))
SIXTH_DAY_SESSIONS = 10
SCHOOL_OPENS = 8.5
SEEN_ALONE = 0.8
"""Share of visits in which the child is seen alone: assumed."""
OUTCOMES = ("no sign of exploitation found; not shared with the police", "shared with the police safeguarding team",
            "early help offered to the family")


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold one thing done: `by` says it, `agency` and `record` name whose record of the child it stands under."""

    kind: str
    at: datetime | date
    by: str
    sent_by: str
    agency: str
    record: str
    facts: dict[str, Any]


def send_answers(child: Child, life: Life, desk: Desk) -> None:
    """Write what agencies did about what they owed for one child."""
    answers = _Answers(child, life, desk)
    answers.send()
    # Draws of their own: a row that starts later in the catalogue's life must not change what was drawn before it.
    drawn = desk.records.rng
    desk.records.rng = Random(f"answers {child.id}")  # nosec B311: the same child gives the same answers
    try:
        answers.send_of_later_rows()
    finally:
        desk.records.rng = drawn


@dataclass(frozen=True, slots=True)
class _Answers:
    """Draw and write the answers of one child's life."""

    child: Child
    life: Life
    desk: Desk

    def send(self) -> None:
        """Answer all that happened, one after the other."""
        for exclusion in self.life.exclusions:
            code = exclusion.school.authority_code
            if code in AREAS_OF_COUNCIL and code not in ONLY_CENSUS:
                self._exclusion(exclusion)
        for away in self.life.missing:
            self._missing(away)
        for arrest in self.life.arrests:
            self._arrest(arrest)
        for event in self.life.police:
            if event.kind == "domestic-incident":
                self._incident(event)
                for sibling in children_at_home(self.child, event.at):
                    _Answers(sibling, Life(), self.desk)._incident(event)
        for number, placement in enumerate(self.life.placements):
            self._placement(placement, first=number == 0)
        for told in self.life.told:
            if ("injury", "stab") in told.facts and isinstance(told.at, datetime):
                self._notice("D-HLT-4", told.at, 0.5, 3, by=told.teller, to="police and council", kind="health")

    def send_of_later_rows(self) -> None:
        """Answer what rows ask that came into the catalogue after the others, for agencies that know the child."""
        for arrest in self.life.arrests:
            if self._knows(arrest.force):
                self._notice("D-ARR-2", arrest.at, 0.2, 1.2, by=arrest.force, to="his or her family", kind="police")
        for change in self.life.roll:
            self._on_the_roll(change)
        for referral in self.life.referrals:
            council = councils()[referral.council_code].name
            if referral.plan_on and self._knows(council):
                on = referral.plan_on + timedelta(days=self.desk.records.rng.randrange(4, 16))
                self._tell("D-CP-1-CORE", Answer("care.core-group", on, council, council, council, "council", {
                    "attendees": [council, "school", "health visitor or nurse"]}))
        for placement in self.life.placements:
            self._visits(placement)

    def _on_the_roll(self, one: RollChange) -> None:
        school, code = one.school, one.school.authority_code
        agency = f"{school.name} {school.laestab}"
        if code not in AREAS_OF_COUNCIL or code in ONLY_CENSUS or not self._knows(agency):
            return
        council, day = councils()[code].name, one.on if one.joined else one.on - timedelta(days=1)
        self._notice("D-ATT-1" if one.joined else "D-ATT-2", moment(day, 10), 0.2, 80 if one.joined else 6,
                     by=school.name, to=council, kind="school", agency=agency, sent_by=council)

    def _visits(self, one: Placement) -> None:
        """Visit within the week, then about every five weeks of the first year, as often as it is done at all."""
        council, rng = self._caring_council(one.since), self.desk.records.rng
        on, last = one.since + timedelta(days=rng.randrange(1, 8)), one.since + timedelta(days=364)
        while self._knows(council) and on < min(one.until or self.desk.today, self.desk.today, last):
            self._tell("D-LAC-1", Answer("care.visit", on, council, council, council, "council", {
                "seen_alone": rng.random() < SEEN_ALONE}))
            on += timedelta(days=rng.randrange(28, 43))

    def _knows(self, agency: str) -> bool:
        return (agency, self.child.id) in self.desk.records.known

    def _exclusion(self, one: Exclusion) -> None:
        school, council = one.school, councils()[one.school.authority_code].name
        agency = f"{school.name} {school.laestab}"
        decided_at = moment(one.first, 15.25)
        for code, to, longest in (("D-EX-1", "parent", 2.0), ("D-EX-2", f"governing board and {council}", 4.0)):
            self._notice(code, decided_at, 0.2, longest, by=school.name, to=to, kind="school", agency=agency,
                         sent_by=council)
        if self.life.open_referral_on(one.first) or self.life.looked_after_on(one.first):
            self._notice("D-EX-3", decided_at, 0.3, 4, by=school.name, to="social worker and virtual school head",
                         kind="school", agency=agency, sent_by=council)
        screened = one.category == "PERM" or not SCREENED_REASONS.isdisjoint(one.reasons)
        self._decision("D-EX-4" if screened else "D-EX-12", decided_at, 2, 60, by=council, kind="council")
        if one.category == "PERM":
            self._decision("D-EX-8", moment(school_days_after(one.first, 12), 16), 1, 3, by=school.name, kind="school",
                           agency=agency, sent_by=council, outcome="exclusion upheld")
            self._provision("D-EX-6", one.first, council, by=council, kind="council", agency=council)
        elif (one.sessions or 0) > SIXTH_DAY_SESSIONS:
            self._provision("D-EX-7", one.first, council, by=school.name, kind="school", agency=agency)

    def _provision(self, code: str, first: date, sent_by: str, *, by: str, kind: str, agency: str) -> None:
        on = school_days_after(first, 3 + self.desk.records.rng.randrange(8))
        self._tell(code, Answer("school.provision", on, by, sent_by, agency, kind, {
            "setting": "tuition centre", "sessions_a_week": 10}))

    def _missing(self, away: Missing) -> None:
        force = self.child.family.home_on(away.since.date()).council.force
        if force not in LETTERS:
            return
        if away.looked_after:
            council = self._caring_council(away.since.date())
            self._notice("D-MIS-2", away.since, 0.1, 2, by=council, to="police, council and parents", kind="council")
        if away.kind != "M":
            return
        self._decision("D-MIS-4", away.until, 0.2, 3, by=force, kind="police", outcome="seen and spoken to alone")
        if away.interview_held_at:
            council = self._caring_council(away.until.date())
            self._notice("D-MIS-6", away.interview_held_at, 1, 40, by=council, to="police", kind="council")
        found_in = place_of(away.found_at).police_force
        if found_in != force and found_in in LETTERS:
            self._notice("D-MIS-8", away.until, 0.2, 3, by=found_in, to=f"{force_name(force)} and both councils",
                         kind="police")

    def _arrest(self, one: Arrest) -> None:
        hours = (one.interviewed_at - one.at).total_seconds() / 3600
        self._decision("D-ARR-4-SCREEN", one.at, 0.3, max(hours - 0.3, 0.4), by=one.force, kind="police",
                       outcome=self.desk.records.rng.choice(("no indicators found", "indicators found; referred")))

    def _incident(self, one: PoliceEvent) -> None:
        """Tell the school before it opens: the next morning on which it does."""
        opens = one.at.date() if one.at.hour < SCHOOL_OPENS - 2 else one.at.date() + timedelta(days=1)
        while not is_school_day(opens):
            opens += timedelta(days=1)
        if one.force in LETTERS and opens < self.desk.today and of_school_age(self.child, one.at):
            self._notice("D-ENC", moment(opens, 6.2), 0.2, 2, by=one.force, to="the school's safeguarding lead",
                         kind="police")

    def _placement(self, one: Placement, *, first: bool) -> None:
        council = self._caring_council(one.since)
        before = moment(one.since - timedelta(days=3), 10)
        self._notice("D-PLC-1", before, 0, 60, by=council, to="those whom the regulations name", kind="council")
        if councils()[one.council_code].name != council:
            self._notice("D-PLC-2", before, 0, 60, by=council, to=councils()[one.council_code].name, kind="council")
            if one.kind == "K2":
                self._notice("D-PLC-6", moment(one.since, 17), 0, 30, by="Children's home", sent_by=council,
                             agency=council, to=councils()[one.council_code].name, kind="council")
        if one.until:
            self._notice("D-PLC-8", moment(one.until - timedelta(days=2), 10), 0, 30, by=council,
                         to="those told of the placement", kind="council")
        if first:
            on = one.since + timedelta(days=self.desk.records.rng.randrange(1, 13))
            self._tell("D-LAC-2", Answer("care.plan", on, council, council, council, "council", {"type": "care plan"}))

    def _caring_council(self, day: date) -> str:
        council = self.child.family.home_on(day).council
        return council.name if council.code in AREAS_OF_COUNCIL else self.child.family.council.name

    def _notice(
        self, code: str, since: datetime, soonest: float, latest: float, *, by: str, to: str, kind: str,
        agency: str | None = None, sent_by: str | None = None,
    ) -> None:
        at = later(since, self.desk.records.rng.uniform(soonest, latest))
        self._tell(code, Answer("notice.sent", at, by, sent_by or by, agency or by, kind, {"duty": code, "to": to}))

    def _decision(
        self, code: str, since: datetime, soonest: float, latest: float, *, by: str, kind: str,
        agency: str | None = None, sent_by: str | None = None, outcome: str | None = None,
    ) -> None:
        at = later(since, self.desk.records.rng.uniform(soonest, latest))
        outcome = outcome or self.desk.records.rng.choice(OUTCOMES)
        self._tell(code, Answer("decision.made", at, by, sent_by or by, agency or by, kind, {
            "about": code, "outcome": outcome, "reasons": "records of all agencies looked through"}))

    def _tell(self, code: str, one: Answer) -> None:
        """Write the answer if it is among those given, and not still to come."""
        on = one.at.date() if isinstance(one.at, datetime) else one.at
        to_come = on >= self.desk.today or (isinstance(one.at, datetime) and one.at > self.desk.out.arrived_at)
        if self.desk.records.rng.random() >= DONE[code] or to_come:
            return
        record = self.desk.records.of(self.child, agency=one.agency, kind=one.record, on=on)
        self.desk.records.told += 1
        held, sender = record.held, force_name(one.sent_by)
        identity = {"given": held.given, "family": held.family, "born_on": held.born_on and held.born_on.isoformat(),
                    "sex": held.sex, "nhs": held.nhs, "upn": held.upn, "postcode": held.postcode}
        name = f"timeline-{file_word(sender)}.jsonl"
        row = self.desk.out.json(name, feed="timeline", sent_by=sender, lines=True).write({
            "id": f"{file_word(sender)}-a{self.desk.records.told}", "child": f"{file_word(sender)}-{record.key}",
            "kind": one.kind, "at": one.at.isoformat(), "by": force_name(one.by), "facts": one.facts,
            "identity": {key: value for key, value in identity.items() if value is not None}})
        self.desk.records.truth.row(name, row, record.key, self.child)


