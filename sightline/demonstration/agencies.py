"""The agencies of the partnership and the people who work there, all of them invented.

Telephone numbers are from the ranges that Ofcom keeps for drama (from memory: 0151 496 0xxx, 020 7946 0xxx, 01632
960xxx); e-mail addresses end in .example, which leads nowhere.
"""

from functools import cache

from sightline.demonstration.manifest import Agency, Officer
from sightline.demonstration.places import AREAS_OF_COUNCIL
from sightline.demonstration.sent_by_schools import file_word
from sightline.demonstration.support_life import CHARITIES, HOSPITALS
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.reference.geography import authorities, force_of, forces
from sightline.reference.schools import School, schools

FAR_COUNCILS = ("E09000032", "S12000048")
STORY_SCHOOLS = ("3404001", "3404611", "3434000", "3414420", "3414421", "3424051", "8904001", "3422012")
CHILDRENS_HOME = "Fairhaven House (invented children's home)"
CHILDRENS_HOME_NUMBER = "SC999901"
LONGEST_DOMAIN = 27
"""Letters of an agency's invented domain: whole words, so that a log-in can be read and typed."""
INSPECTORATE = "His Majesty's Inspectorate of Constabulary and Fire & Rescue Services"
PROBATION = "Probation Service, North West"
HOUSING = "Mersey Homes (invented housing association)"

COUNCIL_ROLES = ("social worker", "team manager", "out-of-hours duty social worker", "education safeguarding lead",
                 "director of children's services")
POLICE_ROLES = ("safeguarding officer", "custody sergeant", "duty inspector")

PEOPLE = {
    "E08000011": ("Beth Ashworth", "Imran Siddique", "Gwen Parry", "Tony Maguire", "Adaeze Nwosu"),
    "E08000012": ("Farah Hussain", "Peter Whelan", "Moira Quinn", "Sam Oyelaran", "Ruth Fazakerley"),
    "E08000013": ("Kasia Nowak", "Dean Rigby", "Lorraine Pilkington", "Nadeem Akhtar", "Helen Frodsham"),
    "E08000014": ("Joe Brennan", "Chipo Moyo", "Anita Desai", "Graham Halsall", "Yasmin Farouk"),
    "E08000015": ("Megan Pritchard", "Leon Samuels", "Sheila Hoylake", "Vikram Rao", "Denise Tranmere"),
    "E10000017": ("Zoe Entwistle", "Khalid Mirza", "Carol Ramsbottom", "Tomasz Zielinski", "Priya Nair"),
    "E06000008": ("Saima Patel", "Luke Haworth", "Bilal Desai", "Janet Darwen", "Owen Rishton"),
    "E06000009": ("Kelly Bispham", "Marcus Reid", "Fiona Cleveley", "Andrei Popa", "Susan Layton"),
    "E06000063": ("Hannah Skelton", "Craig Irving", "Jean Wigton", "Daniel Eze", "Morag Armstrong"),
    "E06000064": ("Tom Levens", "Sadia Khan", "Ellen Shap", "Rob Sedgwick", "Patricia Furness"),
    "E09000032": ("Abena Mensah", "Oliver Tooting", "Jasvinder Gill", "Clare Southfields", "Michael Earlsfield"),
    "S12000048": ("Isla Drummond", "Callum Menzies", "Shona Atholl", "Ewan Gowrie", "Fraser Strathearn"),
}
POLICE_PEOPLE = {
    "E23000004": ("Nicola Kirkdale", "Paul Bootle", "Amina Yusuf"),
    "E23000003": ("Jack Hoghton", "Rehana Malik", "Stephen Clitheroe"),
    "E23000002": ("Laura Threlkeld", "Neil Penruddock", "Grace Osei"),
    "BTP": ("Dylan Fairweather", "Monika Kaminska", "Ian Oxley"),
    "S23000009": ("Kirsty Lomond", "Alan Birnam", "Rajiv Sharma"),
    "E23000001": ("Chantelle Grant", "Mark Putney", "Hodan Warsame"),
    "E23000006": ("Carl Denby", "Joanne Frodsham", "Samuel Tetteh"),
}
"""The Cheshire force (E23000006) has no part in any story: Carl tries what an outsider must not see."""
MORE_POLICE = {
    "E23000004": (("Olga Finch", "offender manager"), ("Sid Marlow", "supervisor of offender managers")),
}
"""Who manages offenders for a force."""
OTHER_PEOPLE = {
    "school": ("designated safeguarding lead", ("Alison Reece", "Wasim Chaudhry", "Orla Kearney", "Ben Adeyemi",
                                                "Catherine Lunt", "Danuta Wrobel", "Gareth Probert",
                                                "Judith Ainsdale")),
    "health": ("named nurse for safeguarding", ("Maureen Tully", "Fatima Noor", "Elspeth Graham")),
    "charity": ("youth worker", ("Reece Lindo", "Jess Thwaite")),
}

OPEN = {
    AgencyKind.SCHOOL: ("mon-fri 08:00-16:30",), AgencyKind.HEALTH: ("mon-fri 09:00-17:00",),
    AgencyKind.CHARITY: ("mon-fri 10:00-18:00", "sat 12:00-17:00"), AgencyKind.HOUSING: ("mon-fri 09:00-17:00",),
    AgencyKind.PROBATION: ("mon-fri 09:00-17:00",)}
"""When the one desk of an agency that has no other is open; those of the other kinds are always (our own choice, after
what such agencies publish)."""


@cache
def agencies() -> tuple[Agency, ...]:
    """Give all agencies of the partnership: councils, forces, schools of the stories, hospitals, charities, others."""
    return tuple(
        _agency(number, one) for number, one in enumerate((
            *_councils(), *_forces(), *_schools(), *_health_and_charities(), *_others(),
        ), start=1)
    )


Draft = tuple[str, AgencyKind, str | None, tuple[str, ...], tuple[tuple[str, str], ...]]
"""Name, kind, code, councils covered, and (name, role) of the officers."""


def _councils() -> list[Draft]:
    return [(authorities()[code].name, AgencyKind.COUNCIL, code, (code,),
             tuple(zip(PEOPLE[code], COUNCIL_ROLES, strict=True))) for code in (*AREAS_OF_COUNCIL, *FAR_COUNCILS)]


def _forces() -> list[Draft]:
    found: list[Draft] = []
    for code, people in POLICE_PEOPLE.items():
        kind = AgencyKind.TRANSPORT_POLICE if code == "BTP" else AgencyKind.POLICE
        covers = tuple(one.code for one in authorities().values() if one.force_code == code) or tuple(AREAS_OF_COUNCIL)
        officers = (*zip(people, POLICE_ROLES, strict=True), *MORE_POLICE.get(code, ()))
        found.append((forces()[code].full_name, kind, code, covers, officers))
    return found


def story_school(laestab: str) -> School:
    """Give one of the schools of the stories by its LAESTAB."""
    return next(one for code in AREAS_OF_COUNCIL for one in schools(code) if one.laestab == laestab)


def _schools() -> list[Draft]:
    role, people = OTHER_PEOPLE["school"]
    found = [story_school(laestab) for laestab in STORY_SCHOOLS]
    return [(one.name, AgencyKind.SCHOOL, one.laestab, (one.authority_code,), ((name, role),))
            for one, name in zip(found, people, strict=True)]


def _health_and_charities() -> list[Draft]:
    found: list[Draft] = []
    for names, kind, word in ((tuple(name for name, _ in HOSPITALS.values()), AgencyKind.HEALTH, "health"),
                              (tuple(dict.fromkeys(CHARITIES.values())), AgencyKind.CHARITY, "charity")):
        role, people = OTHER_PEOPLE[word]
        for name, person in zip(names, people, strict=True):
            served = [force for force, other in (*((f, h[0]) for f, h in HOSPITALS.items()), *CHARITIES.items())
                      if other == name]
            covers = tuple(code for code in AREAS_OF_COUNCIL if force_of(code).name in served)
            found.append((name, kind, None, covers, ((person, role),)))
    return found


def _others() -> list[Draft]:
    every = tuple(AREAS_OF_COUNCIL)
    return [
        (CHILDRENS_HOME, AgencyKind.CHILDRENS_HOME, CHILDRENS_HOME_NUMBER, ("E06000009",),
         (("Lynne Marton", "registered manager"),)),
        (PROBATION, AgencyKind.PROBATION, None, every, (("Derek Sale", "offender manager"),)),
        (HOUSING, AgencyKind.HOUSING, None, ("E08000011", "E08000012"), (("Tracey Norris", "housing officer"),)),
        (INSPECTORATE, AgencyKind.INSPECTORATE, None, (),
         (("Dawn Prescott", "inspector"), ("Idris Bevan", "inspector"))),
    ]


def _agency(number: int, draft: Draft) -> Agency:
    name, kind, code, covers, people = draft
    domain = _domain(name.partition(" (")[0])
    officers = tuple(
        Officer(person, role, f"{file_word(person).replace('-', '.')}@{domain}", _phone(code, covers, 10 * number + i))
        for i, (person, role) in enumerate(people, start=2))
    return Agency(name, kind, code, covers, _phone(code, covers, 10 * number), _phone(code, covers, 10 * number + 1),
                  f"safeguarding@{domain}", officers)


def _domain(name: str) -> str:
    words = file_word(name)
    if len(words) > LONGEST_DOMAIN:
        words = words[:LONGEST_DOMAIN + 1].rpartition("-")[0]
    return f"{words}.example"


def _phone(code: str | None, covers: tuple[str, ...], number: int) -> str:
    if code in {"E09000032", "E23000001", "BTP"}:
        return f"020 7946 0{number:03}"
    if any(one.startswith("E080000") for one in covers):
        return f"0151 496 0{number:03}"
    return f"01632 960{number:03}"
