"""S13: 400 open duties and three people."""

from sightline.demonstration.stories.story import Story

STORY = Story(
    code="S13",
    title="One morning's queue",
    rows=("M19",),
    happens="A team of three begins its morning with the duties that the whole partnership has open.",
    seen=(
        "the queue stands in the order of law and clock",
        "one click acts",
        "who is overloaded can be seen",
    ),
    cast={"Beth": "Beth Ashworth, social worker"},
    files="none of its own: the duties come from the whole partnership",
    tell=None,
)
