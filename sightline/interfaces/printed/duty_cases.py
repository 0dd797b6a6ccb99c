"""Print the cases of every duty's spec for the page of its rule."""

import json

from sightline.interfaces.printed.duties import SPECS
from sightline.interfaces.printed.duty_spec import read_specs


def text() -> str:
    """Give sightline/interfaces/web/rules/cases.json: by code, a list of titles with their lines."""
    cases = {spec.code: [[case.title, case.lines] for case in spec.cases] for spec in read_specs(SPECS)}
    return json.dumps(cases, ensure_ascii=False, indent=0) + "\n"
