"""S12: the inspector asks for the extent."""

from sightline.demonstration.stories.story import Story

STORY = Story(
    code="S12",
    title="How many",
    rows=("M04", "M20"),
    happens="Dawn, the inspector, asks how many children here are exploited, and how many of them had been excluded.",
    seen=(
        "measures with numerator, denominator, definition and completeness",
        "the published lists of the United Kingdom give back the published estimate",
        "the estimate from our own lists says whether it exists",
    ),
    cast={"Dawn": "Dawn Prescott, inspector", "Idris": "Idris Bevan, her colleague, who grades a fifth again"},
    files="none of its own: it asks of the whole partnership",
    tell=None,
)
