"""The reference page of all commands, written from the commands themselves."""

from collections.abc import Iterator

import click

from sightline.interfaces.cli.main import main

_WIDTH = 100


def page() -> str:
    """Give docs/reference/commands.md."""
    whole = main.make_context("sightline", [], resilient_parsing=True, terminal_width=_WIDTH)
    parts = ["# Commands", "Written by `make docs`; do not edit.", _as_block(main.get_help(whole))]
    for name in main.list_commands(whole):
        command = main.get_command(whole, name)
        assert command is not None
        parts += _sections(name, command, whole, "##")
    return "\n\n".join(parts) + "\n"


def _sections(name: str, command: click.Command, parent: click.Context, level: str) -> Iterator[str]:
    """Give the help of a command, and of each command below it."""
    own = command.make_context(name, [], parent=parent, resilient_parsing=True, terminal_width=_WIDTH)
    yield f"{level} {own.command_path}"
    yield _as_block(command.get_help(own))
    if isinstance(command, click.Group):
        for below in command.list_commands(own):
            found = command.get_command(own, below)
            assert found is not None
            yield from _sections(below, found, own, f"{level}#")


def _as_block(text: str) -> str:
    return f"```\n{text.strip()}\n```"
