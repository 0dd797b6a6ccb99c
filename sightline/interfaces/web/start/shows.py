"""What this version shows of each story, and what it does not show yet; and who of the demonstration is in it."""

WHO: dict[str, tuple[str, ...]] = {
    "S01": ("Beth Ashworth", "Imran Siddique", "Alison Reece", "Nicola Kirkdale"),
    "S02": ("Wasim Chaudhry", "Orla Kearney", "Joe Brennan", "Nicola Kirkdale"),
    "S03": ("Neil Penruddock", "Grace Osei", "Farah Hussain", "Nicola Kirkdale", "Moira Quinn"),
    "S04": ("Laura Threlkeld", "Jack Hoghton", "Nicola Kirkdale", "Beth Ashworth"),
    "S05": ("Zoe Entwistle", "Farah Hussain", "Khalid Mirza", "Peter Whelan"),
    "S06": ("Abena Mensah", "Kelly Bispham", "Jack Hoghton"),
    "S07": ("Neil Penruddock", "Grace Osei", "Megan Pritchard"),
    "S08": ("Farah Hussain",),
    "S09": ("Dylan Fairweather", "Joe Brennan"),
    "S10": ("Olga Finch", "Sid Marlow", "Kasia Nowak", "Judith Ainsdale"),
    "S11": ("Nicola Kirkdale", "Jack Hoghton", "Neil Penruddock", "Farah Hussain", "Dawn Prescott"),
    "S12": ("Dawn Prescott", "Idris Bevan"),
    "S13": ("Imran Siddique", "Beth Ashworth", "Adaeze Nwosu"),
    "S14": ("Kelly Bispham", "Jack Hoghton", "Gareth Probert"),
    "S15": ("Nadeem Akhtar",),
}
"""Who of the demonstration's log-ins has a part; the agencies of the other stories have no log-in yet."""

NOT_YET: dict[str, str] = {}
"""What this version does not show yet of a story, by its code."""
