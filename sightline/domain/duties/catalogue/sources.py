"""Where the rows were read: the keys that they cite, each with what it stands for."""

SOURCES: dict[str, str] = {
    "OURS": "our own rule, no published one",
    "MEMORY": "from memory, not read in any source",
    "HM2": "HMICFRS, Both sides of the coin: county lines, January 2020",
    "NS": "North Somerset Council, guidance on exclusion",
    "ER": "East Riding of Yorkshire Council, guidance on exclusion",
    "APP": "College of Policing, Authorised Professional Practice",
    "L1": "Children Act 1989 s.46 (legislation.gov.uk)",
    "L10": "SI 2010/959 regs 4, 13, 14, 28",
    "L11": "SI 2013/3239 part 3",
    "L13": "SI 2015/541 regs 34, 40, 41",
    "L18": "SI 2022/788, SI 2023/571, SI 2023/882",
    "G1": "GOV.UK, information sharing duty: Operation Encompass, 7 November 2025; a solicitor's note on it",
    "G5": "Missing People and others, return interviews 2023-24; practice notes on the 72 hours",
    "G21": "practice manuals on Working Together time scales",
    "R3": "Standard Safeguarding Dataset, public specification",
}
