"""The acts that the audit names, in words: what somebody did, and which children stand in the row.

Pages and commands name an act where they serve it; a test holds this list and those names together.
"""

from dataclasses import dataclass

from sightline.interfaces.printed.table import table


@dataclass(frozen=True, slots=True)
class Act:
    """Describe one act: `children` says whose ids the audit entry holds, `writes` whether something was changed."""

    name: str
    means: str
    children: str
    writes: bool = False


NOBODY = "none"
THE_CHILD = "the child"
CIRCLE = "the child, and every other child who was named"

ACTS: tuple[Act, ...] = (
    Act("state a purpose", "Said for which agency and purpose, and began a piece of work", NOBODY, writes=True),
    Act("find a child", "Searched by an identifier, or by name and date of birth", "every child that was shown"),
    Act("see a child", "Opened a child's page, or the page on which a decision is recorded", THE_CHILD),
    Act("see a child: show", "Asked on the command line who the child is", THE_CHILD),
    Act("see a child: timeline", "Asked on the command line for the timeline", THE_CHILD),
    Act("see a child: signs", "Asked on the command line for the warning signs", THE_CHILD),
    Act("see a child: duties", "Asked on the command line for the duties", THE_CHILD),
    Act("look back on a child", "Opened the look back on a child", THE_CHILD),
    Act("export a look back", "Exported the look back on a child as PDF", THE_CHILD),
    Act("see a child: lookback", "Looked back on a child on the command line", THE_CHILD),
    Act("decide", "Recorded a decision", THE_CHILD, writes=True),
    Act("decide whether to share", "Decided to share something with an agency, or not to", THE_CHILD, writes=True),
    Act("see what was shared", "Opened what was shared of a child and what was not, or one such decision", THE_CHILD),
    Act("take back what was shared", "Ended what was shared, before its time", THE_CHILD, writes=True),
    Act("say what became of what was shared", "Said that the agency has it, or has removed its copies", THE_CHILD,
        writes=True),
    Act("ask for something of a child", "Asked the responsible council to share something", THE_CHILD, writes=True),
    Act("see what is asked for", "Opened what another agency asks for", THE_CHILD),
    Act("keep a child's whereabouts confidential", "Shielded a child from strangers' questions, or ended that",
        THE_CHILD, writes=True),
    Act("ask if a child is known", "Asked whether a child is known and whom to ring; the page's own row names no child,"
        " for it learns none. The database adds a row for the children that were meant", "those that were meant",
        writes=True),
    Act("see who asked", "Opened who asked whether a child is known", "those that were meant"),
    Act("see a sign", "Opened the page on which a warning sign is closed", THE_CHILD),
    Act("close a sign", "Closed a warning sign with a reason", THE_CHILD, writes=True),
    Act("record a sign", "Recorded a warning sign that somebody saw", THE_CHILD, writes=True),
    Act("withdraw a sign", "Withdrew a sign that the officer had recorded", THE_CHILD, writes=True),
    Act("keep a sign for longer", "Reviewed a warning sign and kept it for longer, with a reason", THE_CHILD,
        writes=True),
    Act("see the day of an offender manager", "Opened what is due of the own agency's managed offenders", NOBODY),
    Act("see an offender", "Opened a managed offender of the own agency; the row names the offender", NOBODY),
    Act("record something of an offender", "Opened the form of a visit, a notification or the like of a managed "
        "offender, or recorded it; the row names the offender", NOBODY, writes=True),
    Act("put an offender on the register", "Opened the form of the register, or put somebody on it; the row then "
        "names the offender", NOBODY, writes=True),
    Act("see what is overdue with offender managers", "Opened which visits are overdue, by risk and by manager",
        NOBODY),
    Act("see who is near a child", "Opened which managed offenders are near the child", THE_CHILD),
    Act("see inspections", "Opened the list of the own inspectorate's inspections", NOBODY),
    Act("open an inspection", "Opened the form of a new inspection, or drew its cases: the row of the draw names it",
        NOBODY, writes=True),
    Act("see an inspection", "Opened an inspection: how its cases were drawn, and how far they are read", NOBODY),
    Act("read a drawn case", "Opened the record of a child who was drawn; of an ended inspection it shows none",
        THE_CHILD),
    Act("look back on a drawn case", "Looked back on a child who was drawn", THE_CHILD),
    Act("grade a drawn case", "Opened what was said of a drawn case, or graded it", THE_CHILD, writes=True),
    Act("hand a drawn case on", "Opened the form that hands a drawn case on to another inspector, or handed it on",
        THE_CHILD, writes=True),
    Act("settle a grade", "Opened what two auditors say differently of a case, or said which grade stands", THE_CHILD,
        writes=True),
    Act("see what an inspection found", "Opened the results of an inspection", NOBODY),
    Act("get what an inspection found", "Downloaded the report, results, log or drawn cases of an inspection", NOBODY),
    Act("end an inspection", "Asked about ending an inspection, or ended it", NOBODY, writes=True),
    Act("see how signs do", "Opened how often signs were right and where they are switched off", NOBODY),
    Act("switch a sign", "Switched a warning sign off for the own area, or on again", NOBODY, writes=True),
    Act("see local settings", "Opened an area's settings of warning signs", NOBODY),
    Act("propose local settings", "Proposed settings of warning signs for the own area", NOBODY, writes=True),
    Act("review local settings", "Applied settings that somebody else proposed, or sent them back", NOBODY,
        writes=True),
    Act("see who looked", "Opened the list of who looked at a child's record", THE_CHILD),
    Act("see readings of everybody", "Opened how readings of everybody went", NOBODY),
    Act("see a reading of everybody", "Opened one reading of everybody, or what a change of the rule book would do",
        NOBODY),
    Act("ask for a preview", "Asked what a change of the rule book would do", NOBODY, writes=True),
    Act("see the inbox", "Opened the inbox", "every child in the list shown"),
    Act("see the workload", "Opened who has how much to do", NOBODY),
    Act("see who is away", "Opened who is away and who covers", NOBODY),
    Act("record an absence", "Recorded that somebody will be away, and who covers", NOBODY, writes=True),
    Act("end an absence", "Ended an absence", NOBODY, writes=True),
    Act("see a duty", "Opened a duty", THE_CHILD),
    Act("take a duty on", "Put the officer's own name to a duty", THE_CHILD, writes=True),
    Act("give a duty", "Chose duties to give, or gave them to another desk or officer of the agency",
        "every child of whom a duty was chosen", writes=True),
    Act("put a duty off", "Let a duty leave the list until a time, for a reason", THE_CHILD, writes=True),
    Act("bring a duty back", "Let a duty that was put off stand in the list again", THE_CHILD, writes=True),
    Act("record an act", "Recorded what was done for a duty", THE_CHILD, writes=True),
    Act("see whom we protect", "Opened the list of children whom the agency protects", "every child in the list shown"),
    Act("see a safety event", "Opened who protects a child now", THE_CHILD),
    Act("offer a child's safety", "Offered to hand a child's safety over", THE_CHILD, writes=True),
    Act("see an offer", "Opened an offer to hand over", THE_CHILD),
    Act("answer an offer", "Accepted, refused or withdrew an offer to hand over", THE_CHILD, writes=True),
    Act("hand something of a child over", "Handed a plan, an enquiry, a file or a placement's notice over", THE_CHILD,
        writes=True),
    Act("see what is handed over", "Opened what was handed over of a child beside safety events", THE_CHILD),
    Act("read a handover pack", "Read or printed the pack of a handover", THE_CHILD),
    Act("hand a child over on the road", "Offered a child where two officers stand", THE_CHILD, writes=True),
    Act("answer an offer on the road", "Took another officer's answer on the giver's device", THE_CHILD, writes=True),
    Act("open an offer by its code", "Opened a leg by its code, without a sign-in", THE_CHILD),
    Act("answer an offer by its code", "Accepted or refused a leg by its code, without a sign-in", THE_CHILD,
        writes=True),
    Act("record that a child is safe", "Recorded that a child is safe", THE_CHILD, writes=True),
    Act("meet a child on the railway", "Opened the form of transport police for a child on the railway, or sent it: it "
        "asks who knows the child and keeps the contact as a file; the reading finds whose record it is", NOBODY,
        writes=True),
    Act("see the custody desk", "Opened the list of children whom the force holds", "every child of the list"),
    Act("see releases", "Opened the list of releases and journeys", "every child in the list shown"),
    Act("see a release", "Opened the release of a child from custody", THE_CHILD),
    Act("plan a release", "Recorded something that the release gate asks, or called the release off", THE_CHILD,
        writes=True),
    Act("override the release gate", "Let a child travel alone, as an inspector, with a reason", THE_CHILD,
        writes=True),
    Act("release a child", "Recorded that a child left custody; refused where the gate refuses", THE_CHILD,
        writes=True),
    Act("confirm a journey", "Recorded a departure, a later arrival, or an arrival", THE_CHILD, writes=True),
    Act("see a custody record", "Opened the custody path of a child: the steps taken, and what each other needs",
        THE_CHILD),
    Act("take a step in custody", "Recorded a step of the custody path; refused where the path refuses", THE_CHILD,
        writes=True),
    Act("report a child missing", "Sent the missing report that was drafted", THE_CHILD, writes=True),
    Act("see a victim screen", "Opened the victim screen of a child in custody", THE_CHILD),
    Act("record what a child said", "Recorded what a child in custody was asked and said", THE_CHILD, writes=True),
    Act("decide a victim screen", "Decided a victim screen, with reasons", THE_CHILD, writes=True),
    Act("see a charging decision", "Opened the charging gate of a child", THE_CHILD),
    Act("consider a charge", "Recorded something that the charging gate asks, or opened it again", THE_CHILD,
        writes=True),
    Act("stand by a no", "Stood by it, as a supervisor, that the defence of section 45 does not apply", THE_CHILD,
        writes=True),
    Act("let one officer decide both", "Let, as a supervisor, one officer decide the screen and the charge", THE_CHILD,
        writes=True),
    Act("decide on a charge", "Decided on a charge, or recorded what a prosecutor decided; refused where the gate "
        "refuses", THE_CHILD, writes=True),
    Act("charge a child", "Recorded that a child was charged; refused where the gate refuses", THE_CHILD, writes=True),
    Act("ask for an order on a child", "Asked, as a supervisor, for an order that restrains a child", THE_CHILD,
        writes=True),
    Act("print a charging decision", "Opened the summary for the prosecutor", THE_CHILD),
    Act("count charges", "Opened how charges of children were decided", NOBODY),
    Act("see a referral", "Opened the referral that an arrest created", THE_CHILD),
    Act("add to a referral", "Added words to the referral of an arrested child", THE_CHILD, writes=True),
    Act("send a referral", "Sent the referral of an arrested child before its time", THE_CHILD, writes=True),
    Act("record who the adult is", "Recorded what is known of the adult behind an arrested child", THE_CHILD,
        writes=True),
    Act("count referrals", "Opened how soon arrests of children led to a referral",
        "every child whose referral has not gone in time"),
    Act("count releases", "Opened how children left custody", NOBODY),
    Act("see operations", "Opened the list of police operations", NOBODY),
    Act("see an operation", "Opened one police operation", "every child that was shown"),
    Act("enter an operation", "Entered a police operation", NOBODY, writes=True),
    Act("say who takes part in an operation", "Added a force to a police operation", NOBODY, writes=True),
    Act("enter what a source tells of an operation", "Kept a number as a source told it", NOBODY, writes=True),
    Act("say that a child had a part in an operation", "Recorded that an entry was part of a police operation",
        THE_CHILD, writes=True),
    Act("say that a child had no part in an operation", "Took such a word back, with the reason", THE_CHILD,
        writes=True),
    Act("see a child's circle", "Opened who and what a child was met with", CIRCLE),
    Act("see a link in a child's circle", "Opened one link of a child to what it was met with", CIRCLE),
    Act("judge a link", "Confirmed or dismissed such a link, or made it a hypothesis again", CIRCLE, writes=True),
    Act("see hypotheses about places", "Opened the list of hypotheses about schools", NOBODY),
    Act("see a hypothesis about a place", "Opened one hypothesis about a school",
        "every pupil of whom a sign was shown"),
    Act("judge a hypothesis about a place", "Confirmed, dismissed or reopened a hypothesis about a school",
        "every pupil of whom a sign was shown", writes=True),
    Act("count hypotheses about places", "Opened how many hypotheses there are, and how they stand", NOBODY),
    Act("see a referral of a victim", "Opened the referral of a child to the National Referral Mechanism", THE_CHILD),
    Act("answer in a referral of a victim", "Answered something in such a referral", THE_CHILD, writes=True),
    Act("send a referral of a victim", "Recorded that such a referral was submitted; refused while answers are missing",
        THE_CHILD, writes=True),
    Act("print a referral of a victim", "Opened the sheet of such a referral, to print or copy", THE_CHILD),
    Act("record a decision on a referral", "Recorded a decision on reasonable or conclusive grounds", THE_CHILD,
        writes=True),
    Act("see notices", "Opened the list of notices", "every child in the list shown"),
    Act("open a notice", "Opened a notice", THE_CHILD, writes=True),
    Act("acknowledge a notice", "Acknowledged a notice", THE_CHILD, writes=True),
    Act("see doubts", "Opened the list of doubts", "every child of whom a side was shown"),
    Act("see a doubt", "Opened a doubt", "every child of whom a side was shown"),
    Act("answer a parting", "Said as a second officer whether two records that stand as one are parted",
        "every child of whom a side was shown", writes=True),
    Act("see why records are a child's", "Opened why each record belongs to a child", THE_CHILD),
    Act("ask whose record it is", "Asked whether a record of a child is another child's", THE_CHILD, writes=True),
    Act("see how good links are", "Opened how records were linked; figures only", NOBODY),
    Act("train weights", "Trained weights on the records of this deployment, on the command line", NOBODY, writes=True),
    Act("put weights into use", "Put kept weights into use, on the command line; the row names the officer who answers",
        NOBODY, writes=True),
    Act("set thresholds", "Set from how many bits records join, on the command line; the row names the officer who"
        " answers", NOBODY, writes=True),
    Act("see measures", "Opened figures of how agencies protect children; no record of any child", NOBODY),
    Act("see cases behind a figure", "Opened the cases behind a figure", "every child that was shown"),
    Act("get measures", "Downloaded a snapshot's figures as a file or on paper", NOBODY),
    Act("freeze measures", "Asked for a snapshot of what is measured", NOBODY, writes=True),
    Act("see the estimated extent", "Opened what our own lists say of children whom nobody knows", NOBODY),
    Act("get the estimated extent", "Downloaded one of its tables", NOBODY),
    Act("ask for an estimate of extent", "Asked for it to be computed again", NOBODY, writes=True),
    Act("see published figures", "Opened figures that public bodies publish; no record of ours", NOBODY),
    Act("get published figures", "Downloaded a table of published figures", NOBODY),
    Act("answer a doubt", "Said whether two records are one child", "every child of whom a side was shown",
        writes=True),
    Act("send a file", "Sent a file by page", NOBODY, writes=True),
    Act("import file", "Imported a file on the command line", NOBODY, writes=True),
    Act("see a file", "Opened how the reading of a file went", NOBODY),
    Act("get a file's faults", "Downloaded the faults of a file", NOBODY),
    Act("end access", "Ended an officer's access, on the command line", NOBODY, writes=True),
    Act("remove second factors", "Removed the second factors of an officer who lost them, on the command line", NOBODY,
        writes=True),
    Act("see which feeds fell silent", "Opened which agencies' feeds have told nothing for too long", NOBODY),
    Act("see who leaves things unread", "Opened which notices nobody has opened", NOBODY),
    Act("see desks", "Opened the desks of an agency, or one with its rota", NOBODY),
    Act("keep hours", "Changed the hours of a desk", NOBODY, writes=True),
    Act("choose channels", "Chose by which channels a desk is told", NOBODY, writes=True),
    Act("enter an address", "Entered an address of a desk, which does not count until it is proven", NOBODY,
        writes=True),
    Act("prove an address", "Entered the code of a test message, so that an address of a desk counts", NOBODY,
        writes=True),
    Act("keep a rota", "Added a turn to a rota, or ended one", NOBODY, writes=True),
    Act("see how the record is kept", "Opened the oversight page", NOBODY),
)

INTRODUCTION = """\
# What the audit keeps

Written by `make docs` from `sightline/interfaces/printed/audit_acts.py`; do not edit. How to prove that nothing was
changed in it is told in [Prove the audit](../how-to/prove-the-audit.md).

One row for each page and each command of an officer at work, written in the transaction that showed or changed
something: what cannot be recorded is not shown. A row holds when, the officer, the agency, the piece of work, the
purpose, the act, whether something was changed, whether it was refused, the ids of the children, and ids of what it
was about. It holds no words of any record.

The inbox asks by itself, now and then, whether anything is new. It is answered by a number, nobody looks at any child,
and the audit keeps nothing of it.

A page that names no act of its own stands under its own name: `start`, `help`, `rules`, `no such page`. Refused means
that the page answered 403, 404 or 409, or that the command showed nothing and said why.
"""


def page() -> str:
    """Give docs/reference/audit-acts.md."""
    rows = [[act.name, act.means, act.children, "yes" if act.writes else ""] for act in ACTS]
    return "\n".join([INTRODUCTION, table(["act", "what was done", "children named", "changed something"], rows), ""])
