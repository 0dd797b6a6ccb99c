"""Offences to which the defence of section 45 does not apply (Modern Slavery Act 2015, Schedule 4), from memory.

Not one row was read in the Schedule, which is longer than this list and changes: an offence that is missing here may
stand there. The list helps an officer to know that there is something to check; it decides nothing.
"""

from dataclasses import dataclass

VERIFIED = False


@dataclass(frozen=True, slots=True)
class Excluded:
    """Hold one offence, and where in law it stands."""

    offence: str
    law: str


OFFENCES: tuple[Excluded, ...] = (
    Excluded("Murder, manslaughter", "common law"),
    Excluded("Kidnapping, false imprisonment", "common law"),
    Excluded("Perverting the course of justice", "common law"),
    Excluded("Soliciting murder; threats to kill", "Offences against the Person Act 1861 ss.4, 16"),
    Excluded("Wounding or causing grievous bodily harm, with or without intent",
             "Offences against the Person Act 1861 ss.18, 20"),
    Excluded("Administering poison; choking to commit an offence", "Offences against the Person Act 1861 ss.21-24"),
    Excluded("Causing an explosion likely to endanger life", "Explosive Substances Act 1883 ss.2-4"),
    Excluded("Cruelty to a child", "Children and Young Persons Act 1933 s.1"),
    Excluded("Prohibited weapons; firearm with intent; use to resist arrest", "Firearms Act 1968 ss.5, 16-18"),
    Excluded("Robbery", "Theft Act 1968 s.8"),
    Excluded("Burglary with intent to cause harm; aggravated burglary", "Theft Act 1968 ss.9, 10"),
    Excluded("Aggravated vehicle-taking with a death", "Theft Act 1968 s.12A"),
    Excluded("Blackmail", "Theft Act 1968 s.21"),
    Excluded("Arson; damage with intent to endanger life", "Criminal Damage Act 1971 s.1"),
    Excluded("Assisting unlawful immigration", "Immigration Act 1971 ss.25-25B"),
    Excluded("Taking of hostages", "Taking of Hostages Act 1982 s.1"),
    Excluded("Abduction of a child", "Child Abduction Act 1984 ss.1, 2"),
    Excluded("Riot, violent disorder", "Public Order Act 1986 ss.1, 2"),
    Excluded("Causing death by driving", "Road Traffic Act 1988 ss.1, 3A"),
    Excluded("Stalking with fear of violence", "Protection from Harassment Act 1997 ss.4, 4A"),
    Excluded("Offences of terrorism", "Terrorism Acts 2000 and 2006"),
    Excluded("Rape and most other sexual offences", "Sexual Offences Act 2003"),
    Excluded("Slavery, forced labour, human trafficking", "Modern Slavery Act 2015 ss.1, 2"),
)
