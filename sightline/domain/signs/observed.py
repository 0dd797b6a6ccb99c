"""Signs that only people can see: a practitioner records one, with what was seen and why it is taken for this sign."""

from sightline.domain.signs.rule import SEEN, Rule
from sightline.domain.signs.seen import only_seen
from sightline.domain.vocabulary.sign import Family

OTHER_EXPLANATION = "There is another explanation, or whoever recorded it withdrew it."

C11 = Rule(
    code="C11",
    family=Family.WEALTH,
    title="Money, clothes or things that nobody can explain",
    explanation=(
        "A person saw that the child has money, clothes, a phone or other things, and nobody can say where they came "
        "from."),
    source="Tees children exploitation tool",
    source_key="TSAB",
    needs=(SEEN,),
    cancelled_by="The things were a present, earned or borrowed, or whoever recorded it withdrew it.",
    not_evidence_of="theft or dealing: gifts are a way in which children are bound",
    find=only_seen("C11"),
)

C18 = Rule(
    code="C18",
    family=Family.HOME,
    title="Debts, threats, or hostile callers at home",
    explanation=(
        "A person learned that the child or the family is said to owe money, was threatened, or that people come to "
        "the home and frighten them."),
    source="Plymouth exploitation pathway",
    source_key="G14",
    needs=(SEEN,),
    cancelled_by="The callers have nothing to do with the child, or whoever recorded it withdrew it.",
    not_evidence_of="a debt: some are made up to bind a child",
    find=only_seen("C18"),
)

C22 = Rule(
    code="C22",
    family=Family.RELATIONSHIPS,
    title="New friends, new words, secrecy, or never without a bag",
    explanation=(
        "A person saw a change: new friends of whom nothing is known, new slang, secrecy, withdrawal from old friends "
        "and family, other clothes, or a bag that the child never puts down."),
    source="Home Office county lines guidance 2023, by a summary",
    source_key="G3",
    needs=(SEEN,),
    cancelled_by=OTHER_EXPLANATION,
    not_evidence_of="anything by itself: growing up looks like this, too",
    find=only_seen("C22"),
)

C23 = Rule(
    code="C23",
    family=Family.WEALTH,
    title="Bank account or name used by somebody else",
    explanation=(
        "A person learned that money of others goes through the child's account, or that somebody uses the child's "
        "name, card or log-in."),
    source="Home Office county lines guidance 2023, by a summary",
    source_key="G3",
    needs=(SEEN,),
    cancelled_by="The account is used by a parent with the child's knowledge, or whoever recorded it withdrew it.",
    not_evidence_of="fraud by the child",
    find=only_seen("C23"),
)

X06 = Rule(
    code="X06",
    family=Family.RELATIONSHIPS,
    title="New companions, many calls or gifts from somebody not known",
    explanation=(
        "A person saw that the child keeps new company, is called again and again, or is given presents by somebody "
        "whom those around the child do not know. Exclusion and absence from school have signs of their own (C05, C06, "
        "C07)."),
    source="Perth and Kinross, West Yorkshire and Department for Education lists on child sexual exploitation",
    source_key="G14",
    needs=(SEEN,),
    cancelled_by=OTHER_EXPLANATION,
    not_evidence_of="a choice of the child's own",
    find=only_seen("X06"),
)

X09 = Rule(
    code="X09",
    family=Family.HEALTH,
    critical=True,
    title="A child tells of sexual abuse, or shows physical signs of it",
    explanation=(
        "A child told somebody of sexual abuse, or a person saw physical signs of it. Whoever learns of it may owe a "
        "report by law once that law is in force (D-CSA-1); nothing here takes the place of that report, nor of 999."),
    source="Crime and Policing Act 2026 Part 5 chapter 2, from secondary reading",
    source_key="L21",
    needs=(SEEN,),
    cancelled_by="A strategy discussion found another explanation, or it was recorded for the wrong child.",
    not_evidence_of="who did it",
    find=only_seen("X09"),
    duties=("D-CSA-1",),
)

H05 = Rule(
    code="H05",
    family=Family.HEALTH,
    critical=True,
    title="Injured before being able to move about, or an explanation that does not fit",
    explanation=(
        "A person saw a bruise or another injury on a child who cannot move about yet, or an injury that the "
        "explanation given for it does not fit."),
    source="Lists on violence at home; the row is from memory",
    source_key="M",
    needs=(SEEN,),
    cancelled_by="A paediatrician has looked and found another cause.",
    not_evidence_of="who caused it",
    find=only_seen("H05"),
)

O02 = Rule(
    code="O02",
    family=Family.RELATIONSHIPS,
    critical=True,
    title="Blackmailed with sexual pictures",
    explanation=(
        "A person learned that somebody threatens the child with sexual pictures, true or made up. There is a risk "
        "of suicide: ask how the child is now."),
    source="Sightline's own choice, after lists on online harm; the row is from memory",
    source_key="M",
    needs=(SEEN,),
    cancelled_by="It was recorded for the wrong child, or whoever recorded it withdrew it.",
    not_evidence_of="a fault of the child",
    find=only_seen("O02"),
)

O04 = Rule(
    code="O04",
    family=Family.WEALTH,
    title="Secretive about devices, or with more of them than are explained",
    explanation=(
        "A person saw that the child hides what happens on a device, is on it through the night, or has more devices "
        "than those around the child can explain."),
    source="Sightline's own choice, after lists on online harm; the row is from memory",
    source_key="M",
    needs=(SEEN,),
    cancelled_by=OTHER_EXPLANATION,
    not_evidence_of="anything by itself: many young people do",
    find=only_seen("O04"),
)

RULES = (C11, C18, C22, C23, X06, X09, H05, O02, O04)
