"""Claims about arrest, interview, charge and disposal of a child, and the referral that must follow."""

from datetime import timedelta

from sightline.domain.duties.clock import before
from sightline.domain.duties.life import ADULT_AGE, Life
from sightline.domain.duties.rule import Counting
from sightline.domain.vocabulary.entry import Entry

# The longest that anyone is detained without charge; an interview later than that after an arrest is voluntary. Ours.
LONGEST_DETENTION_HOURS = 96

BEFORE_INTERVIEW = before("interview")
BEFORE_CHARGE = before("charge")
BEFORE_DISPOSAL = before("disposal")

SUPPLY = "drugs-supply"
POSITIVE = "positive"

POLICE_SOURCE = "6"

# SSDA903 legal status of a child who was charged and is accommodated instead of being kept in police cells.
DETAINED_STATUS = "J2"

CAUTION_REFERRED = "D-OOC-2"


def arrested_or_interviewed(life: Life, entry: Entry) -> bool:
    """An arrest; or an interview by police that no arrest led to in the 96 hours before (a voluntary one)."""
    return entry.kind == "police.arrest" or _voluntary(life, entry)


def charged(life: Life, entry: Entry) -> bool:
    """A child is charged."""
    return True


def arrested(life: Life, entry: Entry) -> bool:
    """A child is arrested."""
    return True


def handed_to_a_council_after_charge(life: Life, entry: Entry) -> bool:
    """A child who was charged in the 96 hours before leaves custody, and a council receives the child."""
    window = timedelta(hours=LONGEST_DETENTION_HOURS)
    return entry.facts.get("receiver_is") == "council" and any(
        charge.starts <= entry.ends and entry.starts - charge.ends <= window for charge in life.of("police.charge"))


def recorded_as_looked_after(life: Life, started: Entry, act: Entry) -> bool:
    """Looked after, or placed, with the legal status J2."""
    return str(act.facts.get("legal_status") or "").strip().upper() == DETAINED_STATUS


def cautioned(life: Life, entry: Entry) -> bool:
    """A disposal whose decision says that it is a caution (a youth caution, a youth conditional caution)."""
    return "caution" in str(entry.facts.get("decision") or "").lower()


def referred_to_youth_justice(life: Life, entry: Entry) -> bool:
    """The police tell the youth justice service of a caution (a notice under D-OOC-2)."""
    return str(entry.facts.get("duty") or "").partition(":")[0] == CAUTION_REFERRED


def an_adult_may_stand_behind(life: Life, entry: Entry) -> bool:
    """An arrest for supplying drugs, into which adults put children; or for anything at which an adult was there.

    The offence of child criminal exploitation (D-CCE-1) is not one of drugs: it is any that an adult has a child
    commit. Whose age is not told is not taken for an adult.
    """
    return entry.facts.get("offence") == SUPPLY or any(
        one.age is not None and one.age >= ADULT_AGE for one in entry.people)


def disposal_of_a_victim(life: Life, entry: Entry) -> bool:
    """A disposal of a child whose last decision by the competent authority until then was positive."""
    grounds = [other for other in life.of("slavery.reasonable-grounds", "slavery.conclusive-grounds")
               if other.starts <= entry.starts]
    return bool(grounds) and max(grounds, key=lambda other: other.starts).facts.get("decision") == POSITIVE


def before_the_charge(life: Life, entry: Entry) -> Counting:
    """Count to the charge."""
    return Counting(entry.at, BEFORE_CHARGE, entry.at)


def before_the_disposal(life: Life, entry: Entry) -> Counting:
    """Count to the disposal."""
    return Counting(entry.at, BEFORE_DISPOSAL, entry.at)


def adult_told_or_there(life: Life, started: Entry, act: Entry) -> bool:
    """A notice to the adult, or an interview at which an appropriate adult is named."""
    return act.kind != "police.interview" or bool(act.facts.get("appropriate_adult"))


def before_the_interview(life: Life, entry: Entry) -> Counting:
    """Count to the interview: the first one after the arrest, or the voluntary interview itself."""
    interviews = [entry] if entry.kind == "police.interview" else list(_interviews_after(life, entry))
    return Counting(entry.at, BEFORE_INTERVIEW, interviews[0].at if interviews else None)


def referred_by_police(life: Life, started: Entry, act: Entry) -> bool:
    """A referral to children's social care at or after the arrest, unless its source is told and is not the police."""
    source = str(act.facts.get("source") or "").strip()
    return not _is_census_code(source) or source == POLICE_SOURCE


def moved_to_the_council(life: Life, started: Entry, act: Entry) -> bool:
    """Released; or accommodated by a council: a placement, or looked after with legal status J2."""
    return act.kind != "care.looked-after" or recorded_as_looked_after(life, started, act)


def _voluntary(life: Life, interview: Entry) -> bool:
    window = timedelta(hours=LONGEST_DETENTION_HOURS)
    return not any(
        arrest.starts <= interview.ends and interview.starts - arrest.ends <= window
        for arrest in life.of("police.arrest")
    )


def _interviews_after(life: Life, arrest: Entry) -> list[Entry]:
    window = timedelta(hours=LONGEST_DETENTION_HOURS)
    return [act for act in life.since(arrest, "police.interview") if act.starts - arrest.ends <= window]


def _is_census_code(source: str) -> bool:
    """Tell whether a source is a code of the children in need census: 1A to 5D, 6 to 10."""
    return source[:1].isdigit() and len(source) <= 2
