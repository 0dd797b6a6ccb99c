"""The kinds of entry, with their facts: the one place where a kind or a key is added.

A key that is absent means unknown, never "no". The first word of a kind is its field of work.
"""

from dataclasses import dataclass

YES_NO = "yes or no"
TEXT = "text"
NUMBER = "number"
WORDS = "list of words"
WORD = "word"

OFFENCES = (
    "drugs-supply", "drugs-possession", "weapon", "violence", "theft", "robbery", "criminal-damage", "public-order",
    "sexual", "other",
)
PROPERTY = ("cash", "class-a", "class-b", "phone", "sim", "ticket", "weapon")


@dataclass(frozen=True, slots=True)
class Fact:
    """Describe one fact: its key, type, allowed words (empty: any) and meaning."""

    key: str
    type: str
    means: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """Describe one kind of entry; `held_by` names who alone, besides who told it, sees its detail: else who sees it."""

    name: str
    title: str
    facts: tuple[Fact, ...] = ()
    held_by: str = ""


SCHOOL = Fact("school", TEXT, "name or LAESTAB of the school")
REASON = Fact("reason", TEXT, "why, as the sender put it or as its code")
POSTCODE = Fact("postcode", TEXT, "postcode")
ADDRESS = Fact("address", TEXT, "house and street, as written")
UPRN = Fact("uprn", TEXT, "unique property reference number")
OFFENCE = Fact("offence", WORD, "group of the offence", OFFENCES)
PROPERTY_FOUND = Fact("property", WORDS, "what was found with the child", PROPERTY)
SUSPECT = Fact("suspect", YES_NO, "whether the child was dealt with as a suspect")
GRADE = Fact("grade", TEXT, "grade of the risk or of the information, as the police recorded it")
CHILD_SEEN = Fact("child_seen", YES_NO, "whether an officer saw the child")
SOURCE = Fact("source", TEXT, "who referred, as the census code or words")
DECISION = Fact("decision", TEXT, "what was decided")
FACTORS = Fact("factors", WORDS, "assessment factors, CIN census codes (10A missing, 24A child criminal exploitation)")
ATTENDEES = Fact("attendees", WORDS, "agencies that took part")
SUPPORT = Fact("support", TEXT, "the support offered or given")
DESTINATION = Fact("destination", TEXT, "where the child goes on to")
ADULT = Fact("appropriate_adult", TEXT, "appropriate adult")
GROUNDS = Fact("decision", WORD, "what the competent authority decided", ("positive", "negative"))
OPERATION = Fact("operation", TEXT, "reference of the police operation that it was part of")
MECHANISM = Fact("reference", TEXT, "reference that the Home Office gave the referral")
PREMISES = Fact("premises", WORD, "as what the police know the address at which it was", (
    "dealing-address", "cuckooed-home"))
WITHDREW = Fact("withdrew", YES_NO, "whether the child, or a parent for the child, withdrew the allegation")
ONLINE = Fact("online", YES_NO, "whether it was done online")
POLICE = "police"
POLICE_FACTS = (OFFENCE, PROPERTY_FOUND, SUSPECT)

OBSERVED = (
    "C10", "C11", "C12", "C18", "C22", "C23", "X01", "X06", "X08", "X09", "H05", "O02", "O04",
)
"""Codes of the signs of the rule book that a person can see and record; the catalogue of signs says what each is."""

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("child.born", "Date of birth told"),
        Kind("child.home", "Home address told", (POSTCODE, ADDRESS, UPRN)),
        Kind("school.exclusion", "Excluded or suspended from school", (
            Fact("category", WORD, "permanent, suspension, or lunchtime suspension", ("PERM", "SUSP", "LNCH")),
            Fact("reasons", WORDS, "up to three Department for Education reason codes"),
            Fact("sessions", NUMBER, "sessions (half days) of a suspension"), SCHOOL)),
        Kind("school.joined", "Joined a school", (SCHOOL, REASON, DESTINATION)),
        Kind("school.left", "Left a school", (SCHOOL, REASON, DESTINATION)),
        Kind("school.attendance", "Attendance over a period", (
            Fact("possible", NUMBER, "possible sessions"), Fact("attended", NUMBER, "attended sessions"),
            Fact("unauthorised", NUMBER, "unauthorised absent sessions"), SCHOOL)),
        Kind("school.provision", "Education provided", (
            Fact("setting", TEXT, "where the education takes place"),
            Fact("sessions_a_week", NUMBER, "sessions (half days) a week"))),
        Kind("school.need", "Special educational need told", (
            Fact("provision", WORD, "what the school provides for it: none is needed, support, or an education, health "
                 "and care plan", ("none", "support", "plan")),
            Fact("type", TEXT, "type of need, School Census code (ASD autistic spectrum disorder)"),
            Fact("rank", NUMBER, "1 for the main need, 2 for the next"))),
        Kind("missing.reported", "Reported missing", (GRADE, REASON)),
        Kind("missing.absent", "Away from placement without authorisation", (REASON,)),
        Kind("missing.found", "Found, or returned from missing", (REASON, PREMISES)),
        Kind("missing.return-interview", "Return interview", (
            Fact("offered", YES_NO, "whether it was offered"), Fact("held", YES_NO, "whether it was held"))),
        Kind("police.stop", "Stopped by police", (*POLICE_FACTS, PREMISES, OPERATION)),
        Kind("police.arrest", "Arrested", (
            *POLICE_FACTS, PREMISES, Fact("custody_suite", TEXT, "custody suite"), OPERATION)),
        Kind("police.detention", "Detention authorised, reviewed or extended", (
            Fact("step", WORD, "what was done about the detention", ("authorised", "reviewed", "extended")),
            Fact("limit", TEXT, "until when it was extended, an instant"),
            Fact("officer", TEXT, "rank and name of who decided"), REASON)),
        Kind("police.appropriate-adult", "Appropriate adult with the child", (
            ADULT, Fact("relation", TEXT, "what the adult is to the child"))),
        Kind("police.interview", "Interviewed by police", (*POLICE_FACTS, ADULT)),
        Kind("police.charge", "Charged", POLICE_FACTS),
        Kind("police.bail-refused", "Bail refused after charge", (REASON,)),
        Kind("police.court", "Brought before a court", (
            Fact("court", TEXT, "court"), Fact("received_by", TEXT, "who took the child over at the court"))),
        Kind("police.no-further-action", "No further action by police", (*POLICE_FACTS, REASON)),
        Kind("police.disposal", "Disposal by police", (*POLICE_FACTS, DECISION)),
        Kind("police.release", "Released from custody", (
            Fact("mode", WORD, "how the child travelled",
                 ("collected", "escorted", "public-transport-accompanied", "public-transport-alone")),
            Fact("received_by", TEXT, "the adult or agency who received the child, or has accepted to"),
            Fact("receiver_is", WORD, "what the receiver is to the child",
                 ("parent-or-guardian", "other-adult", "council", "other-agency")),
            Fact("arrival_due", TEXT, "when the child is to arrive, an instant; the journey is not over yet"),
            Fact("home_council_told", YES_NO, "whether the home council was told"))),
        Kind("police.arrival", "Arrived after release, and received", (
            Fact("received_by", TEXT, "the adult or agency who received the child"),
            Fact("told_how", TEXT, "who told that the child arrived, and how"))),
        Kind("police.protection", "Taken into police protection", (
            Fact("designated_officer", TEXT, "designated officer"), OPERATION)),
        Kind("police.operation", "Part in a police operation", (
            OPERATION, Fact("about", TEXT, "entry that was part of it: an arrest, a contact, police protection"))),
        Kind("police.incident", "Incident reported to police", (
            Fact("grade", WORD, "how soon officers should be there", ("immediate", "priority", "standard")), OFFENCE)),
        Kind("police.attended", "Officers came to an incident", (
            Fact("incident", TEXT, "entry of the incident to which they came"),)),
        Kind("police.domestic-incident", "Domestic abuse incident", (GRADE, CHILD_SEEN, OFFENCE, SUSPECT)),
        Kind("police.high-risk-case", "Domestic abuse at home heard as high risk (MARAC)"),
        Kind("police.victim", "Victim of a crime", (GRADE, CHILD_SEEN, OFFENCE, ONLINE)),
        Kind("police.crime-outcome", "Outcome of a crime against the child", (
            OFFENCE, WITHDREW, Fact("accused_known", YES_NO, "whether the child knows who was accused"))),
        Kind("police.abduction-warning", "Child abduction warning notice about the child", held_by=POLICE),
        Kind("police.online-package", "Package on online abuse that names the child or the household", (
            Fact("sent_by", TEXT, "who sent it to the police, such as NCMEC, NCA or CEOP"),)),
        Kind("police.intelligence", "Police intelligence", (GRADE, CHILD_SEEN, OFFENCE), held_by=POLICE),
        Kind("police.adult-at-address", "Adult under notification or an order at an address", (
            Fact("under", WORD, "what the adult is under, or has broken",
                 ("notification", "sexual-harm-order", "mappa", "violence-order", "order-broken")),
            Fact("there", WORD, "how the adult is there", ("lives", "visits", "new-partner-in-the-home")))),
        Kind("rail.contact", "Contact on the railway", (
            Fact("station", TEXT, "station"), Fact("reason", WORD, "why", ("fare", "welfare", "search")),
            Fact("seen", TEXT, "what the officer saw and heard"),
            Fact("stays", YES_NO, "whether the child stays with the officers until somebody takes over"), OPERATION)),
        Kind("care.referral", "Referred to children's social care", (SOURCE, REASON)),
        Kind("care.decision", "Decision on a referral", (DECISION, SOURCE, REASON)),
        Kind("care.assessment", "Social care assessment", (DECISION, FACTORS)),
        Kind("care.strategy-discussion", "Strategy discussion", (DECISION, ATTENDEES)),
        Kind("care.enquiry", "Section 47 enquiry", (DECISION, ATTENDEES)),
        Kind("care.conference", "Child protection conference", (
            DECISION, ATTENDEES,
            Fact("transfer", WORD, "whether it took over another council's plan", ("accepted", "not-accepted")))),
        Kind("care.plan", "Plan made", (DECISION, Fact("type", TEXT, "child in need or child protection"))),
        Kind("care.core-group", "Core group of a protection plan met", (ATTENDEES,)),
        Kind("care.visit", "Child visited", (
            Fact("seen_alone", YES_NO, "whether the child was seen alone"), ATTENDEES)),
        Kind("care.worker", "Social worker allocated", (Fact("worker", TEXT, "name or number of the worker"),)),
        Kind("care.accommodation-asked", "Accommodation asked for a charged child", (
            Fact("council", TEXT, "council that was asked"), Fact("secure", YES_NO, "whether secure was asked for"),
            REASON)),
        Kind("care.accommodation-answered", "Answer about accommodation for a charged child", (
            Fact("council", TEXT, "council that answered"),
            Fact("answer", WORD, "what was answered", ("offered", "declined")),
            Fact("answered_by", TEXT, "who answered for the council"), REASON)),
        Kind("care.closed", "Social care case closed", (REASON,)),
        Kind("care.looked-after", "Became looked after", (
            Fact("legal_status", TEXT, "SSDA903 legal status"), REASON,
            Fact("authority", TEXT, "council that looks after the child"))),
        Kind("care.placement", "Placed", (
            Fact("legal_status", TEXT, "SSDA903 legal status"), Fact("type", TEXT, "SSDA903 placement type"), POSTCODE,
            Fact("authority", TEXT, "council that placed the child"), Fact("planned", YES_NO, "whether it was planned"),
            REASON)),
        Kind("care.placement-ended", "Placement ended", (
            Fact("planned", YES_NO, "whether the end was planned"), REASON,
            Fact("type", TEXT, "SSDA903 placement type"), POSTCODE,
            Fact("authority", TEXT, "council that placed the child"))),
        Kind("slavery.referral", "Referred to the National Referral Mechanism", (SOURCE, MECHANISM)),
        Kind("slavery.reasonable-grounds", "Reasonable grounds decision", (GROUNDS, MECHANISM)),
        Kind("slavery.conclusive-grounds", "Conclusive grounds decision", (GROUNDS, MECHANISM)),
        Kind("health.attendance", "Attended hospital or clinic", (
            Fact("injury", WORD, "kind of injury", ("stab", "blunt", "self-harm", "other")),
            Fact("setting", TEXT, "where"))),
        Kind("health.not-brought", "Not brought to an appointment", (Fact("setting", TEXT, "where"),)),
        Kind("health.relevant-information", "Health holds relevant information: contact the named doctor"),
        Kind("charity.contact", "Contact with a charity", (SUPPORT,)),
        Kind("observed.sign", "Warning sign seen by a person", (
            Fact("sign", WORD, "code of the sign in the rule book", OBSERVED),
            Fact("seen", TEXT, "what was seen or heard"),
            Fact("because", TEXT, "why it is taken for this sign"),
            Fact("told_by", TEXT, "who saw or heard it"))),
        Kind("offer.made", "Support offered", (SUPPORT,)),
        Kind("offer.started", "Support started", (SUPPORT,)),
        Kind("offer.waiting", "Waiting for support", (SUPPORT,)),
        Kind("notice.sent", "Notice sent", (
            Fact("duty", TEXT, "code of the duty"), Fact("to", TEXT, "to whom"))),
        Kind("notice.acknowledged", "Notice acknowledged", (
            Fact("duty", TEXT, "code of the duty"), Fact("to", TEXT, "to whom"))),
        Kind("decision.made", "Decision made", (
            Fact("about", TEXT, "entry, sign or duty that it is about"), Fact("outcome", TEXT, "what was decided"),
            Fact("reasons", TEXT, "why"))),
        Kind("record.withdrawn", "Earlier telling withdrawn", (
            Fact("withdraws", WORDS, "ids of the entries that no longer hold"), REASON)),
    )
}

DETAIL_HELD = tuple(sorted(kind.name for kind in KINDS.values() if kind.held_by == POLICE))
"""Kinds of which others than the police see that there is such an entry, when it was and who told it, and no more."""

FIELDS_OF_WORK = tuple(sorted({name.split(".")[0] for name in KINDS}))
