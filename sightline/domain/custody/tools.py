"""The catalogue of tools: what police and partners can use against who exploits a child, and what can hurt the child.

Rules.md section 6 was read for it; *not verified* rows come from memory. Nothing here says that a tool fits a case.
"""

from dataclasses import dataclass
from enum import StrEnum


class Target(StrEnum):
    """Say at whom or what a tool is aimed."""

    ADULT = "the adult"
    PREMISES = "premises"
    PHONE = "a phone"
    VICTIM = "for the child"
    CHILD = "restrains the child"


class Answer(StrEnum):
    """Say what became of a tool in one case."""

    CONSIDERED = "considered"
    USED = "used"
    NOT_USED = "not used"


ANSWER_WORDS = {Answer.CONSIDERED: "Being considered", Answer.USED: "Used, or applied for",
                Answer.NOT_USED: "Not used"}


@dataclass(frozen=True, slots=True)
class Tool:
    """Hold one tool: who applies for it, its test in short, and whether the charging gate asks about it (`asked`)."""

    code: str
    name: str
    target: Target
    applies: str
    test: str
    nation: str
    source: str
    verified: bool
    asked: bool = False


ENGLAND_WALES = "England, Wales"
UK = "United Kingdom"

TOOLS: tuple[Tool, ...] = (
    Tool("T-CCE", "Prosecute the adult for child criminal exploitation", Target.ADULT, "Crown Prosecution Service",
         "An adult engages a child in conduct that is a crime; the offence of the 2026 Act", ENGLAND_WALES, "L21",
         False, asked=True),
    Tool("T-CCEPO", "Child criminal exploitation prevention order", Target.ADULT, "Police; the court on conviction",
         "Somebody of 18 or over engaged in exploitation or conduct around it, a risk goes on, the order is necessary",
         UK, "L21", False, asked=True),
    Tool("T-STRO", "Slavery and trafficking risk order", Target.ADULT,
         "Chief officer of police, immigration officer, National Crime Agency",
         "Acted so that there is a risk of a slavery offence, and the order is necessary; no conviction needed",
         ENGLAND_WALES, "L14", True, asked=True),
    Tool("T-STPO", "Slavery and trafficking prevention order", Target.ADULT,
         "The court on conviction; police, immigration, National Crime Agency on application",
         "Risk of a slavery offence, and necessary to protect", ENGLAND_WALES, "L14", True),
    Tool("T-CAWN", "Child abduction warning notice", Target.ADULT, "Police, with who has parental responsibility",
         "A child under 16, or under 18 in care, is with an adult who has no right to keep them; evidence of knowledge",
         ENGLAND_WALES, "MEMORY", False, asked=True),
    Tool("T-BAIL", "Bail conditions on the adult before charge", Target.ADULT, "Custody officer",
         "The adult is arrested, and conditions are necessary to protect the child", ENGLAND_WALES, "HM2", True,
         asked=True),
    Tool("T-SCPO", "Serious crime prevention order; seizing proceeds; freezing accounts", Target.ADULT,
         "Prosecutor; police", "Involved in serious crime; money or property comes from it", ENGLAND_WALES, "MEMORY",
         False),
    Tool("T-SRO", "Sexual risk order", Target.ADULT, "Police, transport police, National Crime Agency",
         "Did an act of a sexual nature, and the order is necessary; no conviction needed", ENGLAND_WALES, "MEMORY",
         False),
    Tool("T-SHPO", "Sexual harm prevention order", Target.ADULT, "The court; police",
         "Convicted or cautioned of a listed offence, and necessary to protect", ENGLAND_WALES, "MEMORY", False),
    Tool("T-DAPO", "Domestic abuse protection notice or order", Target.ADULT, "Police; the court",
         "Abusive towards somebody personally connected, and necessary to protect", ENGLAND_WALES, "MEMORY", False),
    Tool("T-CUCK", "Prosecute for taking over a home", Target.PREMISES, "Crown Prosecution Service",
         "Controls somebody's dwelling for crime without their consent; the offence of the 2026 Act", ENGLAND_WALES,
         "L21", False, asked=True),
    Tool("T-CLOS", "Premises closure notice or order", Target.PREMISES, "Police, council",
         "Disorder, or crime, at the premises; the council is consulted", ENGLAND_WALES, "MEMORY", False, asked=True),
    Tool("T-HOTEL", "Information notice to a hotel", Target.PREMISES, "Inspector of police or above",
         "Reasonable belief of child sexual exploitation there", ENGLAND_WALES, "MEMORY", False),
    Tool("T-DISP", "Dispersal, protection notice, licensing, housing action", Target.PREMISES, "Police, council",
         "Each by its own test", ENGLAND_WALES, "MEMORY", False),
    Tool("T-DDTRO", "Drug-dealing telecommunications restriction order", Target.PHONE,
         "Superintendent of police or above; National Crime Agency",
         "The phone or number is, or is likely to be, used in drug dealing; the order would prevent or restrict it",
         UK, "MEMORY", False, asked=True),
    Tool("T-NRM", "Referral to the National Referral Mechanism", Target.VICTIM, "First responders",
         "Reasonable grounds to believe that the child may be a victim; consent is not needed", UK, "R5", True,
         asked=True),
    Tool("T-S45", "Defence of a child victim, section 45", Target.VICTIM,
         "Defence; police and prosecutor must consider", "See the gate", ENGLAND_WALES, "L14", True),
    Tool("T-EPO", "Emergency protection, police protection, recovery order", Target.VICTIM, "Council, police, court",
         "Each by its own test", ENGLAND_WALES, "MEMORY", False),
    Tool("T-OPT", "Early help, mentoring, safe travel, return to school, independent guardian", Target.VICTIM,
         "Council and partners", "What would help this child", UK, "MEMORY", False),
    Tool("T-GANG", "Gang injunction", Target.CHILD, "Police, council", "From 14; violence or drug dealing by a gang",
         ENGLAND_WALES, "MEMORY", False),
    Tool("T-CBO", "Criminal behaviour order", Target.CHILD, "Prosecutor", "On conviction", ENGLAND_WALES, "MEMORY",
         False),
    Tool("T-KCPO", "Knife crime prevention order", Target.CHILD, "Police; the court",
         "From 12; carried a knife; its state in law must be checked", ENGLAND_WALES, "MEMORY", False),
    Tool("T-SVRO", "Serious violence reduction order", Target.CHILD, "Prosecutor",
         "From 18 in the text that we remember; its state in law must be checked", ENGLAND_WALES, "MEMORY", False),
    Tool("T-YINJ", "Youth injunction or respect order", Target.CHILD, "Council, police, housing",
         "From 10; do not use it against a child who is exploited", ENGLAND_WALES, "L21", False),
)
BY_CODE = {tool.code: tool for tool in TOOLS}
ASKED = tuple(tool for tool in TOOLS if tool.asked)
"""What the charging gate wants an answer for (our own choice)."""

AGAINST = frozenset({Target.ADULT, Target.PREMISES, Target.PHONE})
RESTRAINTS = tuple(tool for tool in TOOLS if tool.target is Target.CHILD)
"""Orders that restrain a child: asked for only with a supervisor's reason, the tools against the adult first."""
