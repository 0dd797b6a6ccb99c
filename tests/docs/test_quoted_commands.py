"""Every command that a document tells people to type exists, with the options that stand there."""

import re
import shlex
from pathlib import Path

import click
import pytest

from sightline.interfaces.cli.main import main

PROJECT = Path(__file__).parents[2]
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md",
         *(path for path in sorted((PROJECT / "docs").rglob("*.md")) if "reference" not in path.parts)]
FENCED = re.compile(r"^```(?:console|sh)\n(.*?)^```", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r"`(sightline [a-z][^`\n]*)`")
TYPED = re.compile(r"^(?:\$ |[A-Z_]+=\S+ | )*(?:\S*/)?sightline (.+)$", re.MULTILINE)


def commands(page: Path) -> list[list[str]]:
    """Give the words of every command of ours that a page quotes."""
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join(FENCED.findall(text)).replace("\\\n", " ")
    lines = [*TYPED.findall(blocks), *(line.removeprefix("sightline ") for line in QUOTED.findall(text))]
    return [shlex.split(line.partition(" > ")[0]) for line in lines]


def wrong_in(words: list[str]) -> str:
    """Say what in a command is not there, or nothing."""
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, *words = words
        if name == "...":
            return ""
        below = command.get_command(context, name)
        if below is None:
            return f"there is no command {name}"
        command, context = below, click.Context(below, parent=context, info_name=name)
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)} | {"--help", "-h"}
    unknown = [word for word in words if word.startswith("--") and word.partition("=")[0] not in known]
    return f"{context.command_path} has no {', '.join(unknown)}" if unknown else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_command_that_a_page_quotes_can_be_typed(page):
    assert [wrong for words in commands(page) if (wrong := wrong_in(words))] == []


def test_commands_are_found_and_wrong_ones_noticed(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Type `sightline chek`.\n```console\n$ sightline audit verify --anchor FILE\n"
                    "$ sightline import a.csv \\\n    --feed exclusions --for Knowsley\nDone.\n```\n"
                    "```sh\nSIGHTLINE_DATA=/srv/data .venv/bin/sightline serve --prot 1\n```\n", encoding="utf-8")
    assert [wrong_in(words) for words in commands(page)] == [
        "audit verify has no --anchor", "import has no --for", "serve has no --prot", "there is no command chek"]
