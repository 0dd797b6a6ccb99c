"""Invented values for the look page: Amara, her social worker Beth, and others who do not exist."""

from datetime import UTC, date, datetime

from sightline.domain.vocabulary.duty import DutyState
from sightline.domain.vocabulary.sign import Attention
from sightline.interfaces.web.absence import Withheld
from sightline.interfaces.web.chart import Figure, bar_chart, line_chart
from sightline.interfaces.web.shown import (
    ChildShown,
    Choice,
    DutyShown,
    EntryShown,
    Filter,
    Link,
    OwnerShown,
    PageOf,
    SignShown,
)

AT = datetime(2026, 5, 14, 8, 40, tzinfo=UTC)

CHILD = ChildShown(
    name="Amara Delaney-Osei",
    born_on=date(2011, 9, 3),
    age="14 years old",
    lives_in="Huyton, Knowsley",
    where_now="Preston custody suite, Lancashire",
    where_known_at=datetime(2026, 5, 14, 5, 10, tzinfo=UTC),
    identifiers=(("UPN", "A340260514007"), ("NHS number", None)),
)

OWNER = OwnerShown(
    agency="Lancashire County Council",
    person="Emergency duty team",
    phone="0300 123 6720",
    out_of_hours=None,
    since=datetime(2026, 5, 13, 22, 15, tzinfo=UTC),
    rule="The council where the child was found",
    authority="Children Act 1989, sections 17(10) and 47(1)",
    known_at=datetime(2026, 5, 14, 5, 10, tzinfo=UTC),
    others=(
        ("Who makes enquiries", "Lancashire County Council"),
        ("Who accommodates", Withheld("agreed between two councils this morning", "the Lancashire duty manager")),
        ("Who is long-term responsible", "Knowsley Council"),
    ),
)

ENTRIES = (
    EntryShown(
        anchor="entry-e9",
        what="Arrested on suspicion of supplying drugs",
        field="police",
        at=datetime(2026, 5, 13, 21, 40, tzinfo=UTC),
        told_by="Lancashire Constabulary",
        known_at=datetime(2026, 5, 14, 5, 10, tzinfo=UTC),
        sure="recorded by the officer who was there",
        details=(
            ("Place", "Preston railway station"),
            ("Found with", ("£340 in cash", "two phones", "20 wraps")),
            ("Appropriate adult", None),
            ("Medical notes", Withheld("health records need a purpose of treatment", "the custody nurse")),
        ),
        source=Link("Row 14 of custody-2026-05-14.csv", "#source"),
    ),
    EntryShown(
        anchor="entry-e7",
        what="Reported missing overnight",
        field="missing",
        at=datetime(2026, 5, 11, 21, 5, tzinfo=UTC),
        until=datetime(2026, 5, 12, 6, 30, tzinfo=UTC),
        told_by="Merseyside Police",
        known_at=datetime(2026, 5, 11, 21, 20, tzinfo=UTC),
        sure="confirmed by two agencies",
        details=(("Found at", "Lime Street station"), ("Return interview", ())),
        source=Link("Row 3 of missing-2026-05-12.csv", "#source"),
    ),
    EntryShown(
        anchor="entry-e5",
        what="Permanently excluded from school",
        field="school",
        at=date(2026, 5, 5),
        told_by="Halewood Academy",
        known_at=datetime(2026, 5, 5, 14, 2, tzinfo=UTC),
        sure="the school’s own record",
        details=(("Reason", "Persistent disruptive behaviour (DB)"), ("Education since", None)),
        source=Link("Row 1 of exclusions-2026-05-05.csv", "#source"),
    ),
    EntryShown(
        anchor="entry-e4",
        what="Placed with foster carers in Blackpool",
        field="care",
        at=date(2026, 4, 20),
        told_by="Knowsley Council",
        known_at=datetime(2026, 4, 21, 9, 0, tzinfo=UTC),
        sure=None,
        withdrawn="Knowsley Council withdrew it on 22 April 2026: entered for the wrong child",
    ),
)

SIGNS = (
    SignShown(
        anchor="sign-c21",
        code="C21",
        title="Arrested far from home with drugs and cash",
        family="movement",
        critical=True,
        reasons=(
            Link("Arrested on suspicion of supplying drugs, 13 May 2026, in Preston", "#entry-e9"),
            Link("Home is Huyton, 46 km away", "#entry-e5"),
        ),
        first_at=datetime(2026, 5, 13, 21, 40, tzinfo=UTC),
        last_at=datetime(2026, 5, 13, 21, 40, tzinfo=UTC),
        source="Home Office, Criminal exploitation of children and vulnerable adults: county lines guidance",
        edition="2026-05",
        verified=True,
        act=Link("Decide about this sign", "#decide"),
    ),
    SignShown(
        anchor="sign-c06",
        code="C06",
        title="Excluded, then missing within a week",
        family="education",
        critical=False,
        reasons=(
            Link("Permanently excluded from school, 5 May 2026", "#entry-e5"),
            Link("Reported missing overnight, 11 May 2026", "#entry-e7"),
        ),
        first_at=date(2026, 5, 5),
        last_at=datetime(2026, 5, 11, 21, 5, tzinfo=UTC),
        source="Timpson review of school exclusion (2019), chapter 2",
        edition="2026-05",
        verified=False,
        act=Link("Decide about this sign", "#decide"),
    ),
)

_AMARA = Link("Amara D-O, born 2011", "/_look/record/")
DUTIES = (
    DutyShown(
        anchor="duty-1",
        title="Education from the sixth day",
        what="Provide full-time education from the sixth day",
        owed_by="Knowsley Council",
        owed_to="Amara",
        desk="On the desk of Tony Maguire; nobody has taken it on yet",
        state=DutyState.LATE,
        due_at=date(2026, 5, 12),
        local_target_at=None,
        basis="Law",
        authority="Education Act 1996, section 19(3A)",
        verified=True,
        child=_AMARA,
        act=Link("Record what was provided", "/_look/form/"),
    ),
    DutyShown(
        anchor="duty-2",
        title="Referral after arrest",
        what="Refer the child to children’s social care after arrest",
        owed_by="Lancashire Constabulary",
        owed_to="Lancashire County Council",
        desk="You have taken it on",
        state=DutyState.OPEN,
        due_at=datetime(2026, 5, 14, 11, 50, tzinfo=UTC),
        local_target_at=datetime(2026, 5, 14, 9, 40, tzinfo=UTC),
        basis="Guidance",
        authority="Working Together to Safeguard Children 2023, chapter 3",
        verified=False,
        child=_AMARA,
        act=Link("Acknowledge", "/_look/form/"),
    ),
    DutyShown(
        anchor="duty-3",
        title="Return interview",
        what="Hold the return home interview",
        owed_by="Knowsley Council",
        owed_to="Amara",
        desk="Imran Siddique has taken it on",
        state=DutyState.OPEN,
        due_at=datetime(2026, 5, 15, 6, 30, tzinfo=UTC),
        local_target_at=None,
        basis="Guidance",
        authority="Statutory guidance on children who run away or go missing (2014), paragraph 32",
        verified=True,
        child=_AMARA,
        estimated=True,
        act=Link("Record the interview", "/_look/form/"),
    ),
    DutyShown(
        anchor="duty-4",
        title="Council told of an exclusion",
        what="Tell the council that the child is excluded",
        owed_by="Halewood Academy",
        owed_to="Knowsley Council",
        desk="On the desk of Alison Reece; nobody has taken it on yet",
        state=DutyState.MET,
        due_at=date(2026, 5, 6),
        local_target_at=None,
        basis="Law",
        authority="School Discipline (Pupil Exclusions and Reviews) Regulations 2012, regulation 5",
        verified=True,
        child=_AMARA,
        met_at=datetime(2026, 5, 5, 14, 2, tzinfo=UTC),
    ),
    DutyShown(
        anchor="duty-5",
        title="Home council told of a release",
        what="Tell the home council of the release before it happens",
        owed_by="Cumbria Constabulary",
        owed_to="Liverpool City Council",
        desk="On the desk of Grace Osei; nobody has taken it on yet",
        state=DutyState.MISSED,
        due_at=None,
        local_target_at=datetime(2026, 5, 10, 2, 10, tzinfo=UTC),
        basis="Our own target, no law",
        authority="Concordat on children in custody (2017)",
        verified=True,
        child=Link("Idris B, born 2010", "/_look/record/"),
    ),
)

ATTENTIONS = tuple(Attention)

FILTERS = (
    Filter("team", "Team", (Choice("", "Every team"), Choice("adolescents", "Adolescents", chosen=True))),
    Filter("state", "Stands", (Choice("", "Open and late"), Choice("late", "Late only"))),
    Filter("law", "By", (Choice("", "Law and local targets"), Choice("law", "Law only"))),
)
CHOSEN = (Link("Team: Adolescents", "/_look/list/"),)

PAGE = PageOf(number=4, pages=21, href="/_look/list/?page={page}", first=61, last=80, total=403)

TABLE_COLUMNS = ("Agency", "Last answered", "Entries", "Since")
TABLE_ROWS = (
    ("Merseyside Police", datetime(2026, 5, 12, 6, 41, tzinfo=UTC), "12", date(2024, 9, 2)),
    ("Halewood Academy", date(2026, 5, 5), "4", date(2022, 9, 5)),
    ("Alder Hey Children’s Hospital", None, Withheld("your purpose does not cover health"), None),
    ("Transport police", (), "0", None),
)

BARS = bar_chart(
    (
        Figure("Excluded, then exploited within a year", 38, "38 of 412 (9.2%), 95% interval 6.7% to 12.4%", 28, 51),
        Figure("Suspended only", 61, "61 of 1,903 (3.2%), 95% interval 2.5% to 4.1%", 48, 78),
        Figure("Neither", None, "fewer than 6, not shown"),
    )
)

LINE_FIGURES = (
    Figure("May 2025", 112, "112"),
    Figure("June", 131, "131"),
    Figure("July", 127, "127"),
    Figure("August", None, "no school in August"),
    Figure("September", 164, "164"),
    Figure("October", 190, "190"),
    Figure("November", 214, "214"),
)
LINE = line_chart(LINE_FIGURES)
