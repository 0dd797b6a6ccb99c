"""What is published on how often a school's exclusion is followed by an offence: printed where the sign is explained.

Source: Department for Education and Ministry of Justice linked data on education, children's social care and
offending, England, home council basis, 3,165,037 pupils. What was measured is offending, not exploitation; no open
figure for exploitation exists.
"""

SOURCE = (
    "Department for Education and Ministry of Justice linked data (education, children's social care and offending), "
    "England, 3,165,037 pupils, of whom 4 % were cautioned or sentenced and 1 % for serious violence. It measures "
    "offending, not exploitation; no open figure for exploitation exists."
)

PERMANENT_EXCLUSION = (
    "Of pupils who were ever permanently excluded (1 % of all), 53 % had any offence and 21 % serious violence: about "
    "even odds of an offence at some time, and four in five without serious violence. The other way round, 11 % of "
    "those with any offence and 16 % of those with serious violence had been permanently excluded. Among those with "
    "both, the permanent exclusion nearest to the first serious violence came before it for 66 %, after it for 31 % "
    "(13 % within 30 days after: a consequence, not a warning), and within the 90 days before it for about 6 %. So the "
    "fact never expires, and an exclusion after an arrest is a different fact from one before it. "
)

SUSPENSION = (
    "Of pupils who were ever suspended (14 % of all), 20 % had any offence and 6 % serious violence: four in five had "
    "none. The other way round, 72 % of those with any offence and 82 % of those with serious violence had been "
    "suspended. Among those with both, the first suspension came before the first serious violence for 90 %, for 63 % "
    "more than two years before; the nearest one came within the 90 days before it for about 14 %. "
)
