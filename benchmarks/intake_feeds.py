"""Measure how many rows each feed sorts in a second of processor time, on files of invented children made here.

Usage: python benchmarks/intake_feeds.py [ROWS] [FEED...]. Prints a table; memory is the peak of the whole process.
"""

import io
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from sightline.domain.intake.feeds import FEEDS
from sightline.domain.intake.row import Sender
from sightline.domain.vocabulary.identifier import POLICE_LETTERS, UPN_LETTERS

Row = tuple[str, float, str]
ON = date(2026, 6, 1)
GIVEN = ("Amara", "Jamie", "Zoë", "Mohammed", "Chloe", "Tyler", "Aisha", "Oliver", "Niamh", "Kacper")
FAMILY = ("Okafor", "O'Neill", "Kowalska", "Khan", "Smith", "Jones", "Hussain", "Williams", "Murphy", "Brown")


def upn(rng: random.Random) -> str:
    digits = f"{rng.choice((340, 341, 888))}{rng.randrange(10**8):08d}{rng.randrange(10)}"
    return UPN_LETTERS[sum(int(d) * w for w, d in enumerate(digits, 2)) % 23] + digits


def pnc(rng: random.Random) -> str:
    year, serial = rng.randrange(15, 26), rng.randrange(10**6)
    return f"20{year}/{serial:07d}{POLICE_LETTERS[(year * 10**7 + serial) % 23]}"


def postcode(rng: random.Random) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"L{rng.randrange(1, 40)} {rng.randrange(10)}{rng.choice(letters)}{rng.choice(letters)}"


def birth(rng: random.Random) -> date:
    return date(2009, 1, 1) + timedelta(days=rng.randrange(3000))


def day(rng: random.Random) -> date:
    return date(2025, 9, 1) + timedelta(days=rng.randrange(250))


def pupil(rng: random.Random) -> list[str]:
    return [
        "3404421", "Stockbridge High School", upn(rng), rng.choice(GIVEN), rng.choice(FAMILY),
        birth(rng).strftime("%d/%m/%Y"), rng.choice("MF"), postcode(rng),
    ]  # fmt: skip


PUPIL = "laestab,school,upn,forename,surname,dob,sex,postcode"


def exclusions(rng: random.Random, number: int) -> list[str]:
    start = day(rng)
    return [
        *pupil(rng), rng.choice(("SUSP", "SUSP", "PERM", "LNCH")), start.isoformat(),
        (start + timedelta(days=2)).isoformat(), "6", rng.choice(("PP", "OW", "DB", "DA")), "", "", "", "",
        f"EX-{number}", "",
    ]  # fmt: skip


def attendance(rng: random.Random, number: int) -> list[str]:
    start = day(rng)
    return [*pupil(rng), start.isoformat(), (start + timedelta(days=6)).isoformat(), "10", "7", "2"]


def school_roll(rng: random.Random, number: int) -> list[str]:
    return [*pupil(rng), rng.choice(("joined", "left")), day(rng).isoformat(), "moved", ""]


def custody(rng: random.Random, number: int) -> list[str]:
    when = day(rng).isoformat()
    return [
        f"CU/{number}", "Lancashire Constabulary", "Preston", "PR1 2HE", pnc(rng), "", rng.choice(GIVEN),
        rng.choice(FAMILY), birth(rng).isoformat(), rng.choice("MF"), postcode(rng), f"{when}T01:10:00+00:00",
        postcode(rng), "possession with intent to supply class A", "cash;phone", "mother", f"{when}T02:00:00+00:00",
        f"{when}T03:00:00+00:00", f"{when}T03:30:00+00:00", "", f"{when}T05:00:00+00:00", "", "",
        f"{when}T06:00:00+00:00", "collected", "mother", "Liverpool", f"{when}T02:00:00+00:00",
        f"{when}T02:30:00+00:00", "Liverpool",
    ]  # fmt: skip


def events(rng: random.Random, number: int) -> list[str]:
    return [
        f"R/{number}", rng.choice(("missing-report", "stop", "domestic-incident", "intelligence")),
        f"{day(rng).isoformat()}T21:{rng.randrange(60):02d}:00+00:00", "", postcode(rng), pnc(rng), upn(rng),
        rng.choice(GIVEN), rng.choice(FAMILY), birth(rng).isoformat(), rng.choice("MF"), postcode(rng), "", "", "",
        "medium", "", "P77:found-with:34", "", "", "", "", "",
    ]  # fmt: skip


def census_exclusions(rng: random.Random, number: int) -> list[str]:
    return [
        f"{number:08x}-ab1", f"SCH{rng.randrange(9)}", f"{number:08x}", "1", "aaaa",
        day(rng).strftime("%Y-%b-%d 00:00:00"), "10.0", rng.choice(("DB", "VP")), "", "", "FIXD", "E",
    ]  # fmt: skip


def episodes(rng: random.Random, number: int) -> list[str]:
    start = day(rng)
    return [
        str(100000 + number), start.strftime("%d/%m/%Y"), rng.choice("SPLT"), "C2", "N1", "U4", "PR1",
        (start + timedelta(days=9)).strftime("%d/%m/%Y"), "X1", "CARPL", postcode(rng), postcode(rng), "1234567",
    ]  # fmt: skip


def missing(rng: random.Random, number: int) -> list[str]:
    start = day(rng)
    return [
        str(100000 + number), birth(rng).strftime("%d/%m/%Y"), rng.choice("MA"), start.strftime("%d/%m/%Y"),
        (start + timedelta(days=1)).strftime("%d/%m/%Y"),
    ]  # fmt: skip


def header(rng: random.Random, number: int) -> list[str]:
    return [str(100000 + number), rng.choice("MF"), birth(rng).strftime("%d/%m/%Y"), "WBRI", upn(rng), "", ""]


CUSTODY = (
    "custody_ref,force,custody_suite,suite_postcode,pnc_id,cro,forename,surname,dob,sex,home_postcode,arrested_at,"
    "arrest_postcode,offence,property,appropriate_adult,appropriate_adult_told_at,appropriate_adult_arrived_at,"
    "interviewed_at,charged_at,no_further_action_at,disposal,disposed_at,released_at,release_mode,received_by,"
    "home_council,home_council_told_at,referral_sent_at,referral_to"
)
EVENTS = (
    "record_ref,record_type,occurred_at,ended_at,postcode,pnc_id,upn,forename,surname,dob,sex,home_postcode,offence,"
    "property,suspect,grade,child_seen,companions,things,station,reason,school,designated_officer"
)

EXCLUSIONS = (
    f"{PUPIL},category,start_date,end_date,sessions,reason1,reason2,reason3,looked_after_by,social_worker,reference,"
    "cancelled"
)
CENSUS = (
    "pupilonrolltableid,NativeId,termlyexclusionsonrolltableid,termlyexclusionsonrollorderseqcolumn,sourceid,startdate,"
    "sessions,reason1,reason2,reason3,category,senprovision"
)
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"

TABLES: tuple[tuple[str, str, str, Callable[[random.Random, int], list[str]]], ...] = (
    ("exclusions", "csv", EXCLUSIONS, exclusions),
    ("attendance", "csv", f"{PUPIL},period_from,period_to,possible,attended,unauthorised", attendance),
    ("school-roll", "csv", f"{PUPIL},event,on,reason,destination", school_roll),
    ("school-census", "exclusions", CENSUS, census_exclusions),
    ("ssda903", "header", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB", header),
    ("ssda903", "episodes", EPISODES, episodes),
    ("ssda903", "missing", "CHILD,DOB,MISSING,MIS_START,MIS_END", missing),
    ("police-custody", "csv", CUSTODY, custody),
    ("police-events", "csv", EVENTS, events),
)


def cin_file(rng: random.Random, rows: int) -> bytes:
    child = (
        "<Child><ChildIdentifiers><LAchildID>{n}</LAchildID><UPN>{upn}</UPN><PersonBirthDate>{born}</PersonBirthDate>"
        "<Sex>M</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
        "<CINdetails><CINreferralDate>{day}</CINreferralDate><ReferralSource>6</ReferralSource><Assessments>"
        "<AssessmentActualStartDate>{day}</AssessmentActualStartDate><FactorsIdentifiedAtAssessment><AssessmentFactors>"
        "24A</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments><ReferralNFA>0</ReferralNFA></CINdetails>"
        "</Child>\n"
    )
    children = (child.format(n=n, upn=upn(rng), born=birth(rng), day=day(rng)) for n in range(rows))
    return ("<Message><Children>\n" + "".join(children) + "</Children></Message>").encode()


def payload_file(rng: random.Random, rows: int) -> bytes:
    lines = (
        {
            "la_code": 340,
            "Children": {
                "la_child_id": str(n),
                "child_details": {"unique_pupil_number": upn(rng), "first_name": rng.choice(GIVEN), "surname":
                                  rng.choice(FAMILY), "date_of_birth": birth(rng).isoformat(), "sex": "F"},
                "social_care_episodes": [{"social_care_episode_id": "1", "referral_date": day(rng).isoformat(),
                                          "referral_source": "6"}],
            },
        }
        for n in range(rows)
    )  # fmt: skip
    return "\n".join(map(json.dumps, lines)).encode()


def timeline_file(rng: random.Random, rows: int) -> bytes:
    lines = (
        {"id": f"e{n}", "child": f"c{n % 5000}", "kind": "school.exclusion", "at": day(rng).isoformat(),
         "by": "Knowsley", "facts": {"category": "SUSP", "reasons": ["OW"], "sessions": 4, "school": "3404421"}}
        for n in range(rows)
    )  # fmt: skip
    return "\n".join(map(json.dumps, lines)).encode()


def measure(*, full: bool) -> list[Row]:
    """Sort a file of every feed; rows that are turned back are counted as rows."""
    made = files(100_000 if full else 5_000, FEEDS)
    return [(f"{feed} {what}", best_of(feed, content, times=5 if full else 2)[0], "rows/s")
            for feed, what, content in made]


def files(rows: int, wanted: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
    """Make a file of so many rows for each of these feeds."""
    for feed, what, heading, make in TABLES:
        if feed in wanted:
            rng = random.Random(7)
            lines = (",".join(make(rng, number)) for number in range(rows))
            yield feed, what, f"{heading}\n{chr(10).join(lines)}\n".encode()
    for feed, what, make_file in (
        ("cin-census", "xml", cin_file),
        ("social-care-api", "jsonl", payload_file),
        ("timeline", "jsonl", timeline_file),
    ):  # fmt: skip
        if feed in wanted:
            yield feed, what, make_file(random.Random(7), rows)


def best_of(feed: str, content: bytes, *, times: int) -> tuple[float, int, int, int]:
    """Give the best rows a second of processor time, how many rows there are, were turned back, and entries told."""
    best, rows, back, told = 0.0, 0, 0, 0
    for _ in range(times):
        start, rows, back, told = time.process_time(), 0, 0, 0
        for row in FEEDS[feed].sort(io.BytesIO(content), Sender("Knowsley", "council"), on=ON):
            rows += 1
            back += row.identity is None
            told += len(row.told)
        best = max(best, rows / (time.process_time() - start))
    return best, rows, back, told


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{'feed':16} {'file':12} {'rows':>8} {'back':>6} {'told':>8} {'MB':>8} {'rows/s':>10} {'peak MB':>8}")
    for feed, what, content in files(rows, sys.argv[2:] or list(FEEDS)):
        best, rows, back, told = best_of(feed, content, times=5)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{feed:16} {what:12} {rows:8} {back:6} {told:8} {len(content) / 1e6:8.1f} {best:10.0f} {peak:8}")


if __name__ == "__main__":
    main()
