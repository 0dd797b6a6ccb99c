"""The reference page of all commands, written from the commands themselves."""

from sightline.interfaces.cli.main import main

_WIDTH = 100


def page() -> str:
    """Give docs/reference/commands.md."""
    whole = main.make_context("sightline", [], resilient_parsing=True, terminal_width=_WIDTH)
    parts = ["# Commands", "Written by `make docs`; do not edit.", _as_block(main.get_help(whole))]
    for name in main.list_commands(whole):
        command = main.get_command(whole, name)
        assert command is not None
        own = command.make_context(name, [], parent=whole, resilient_parsing=True, terminal_width=_WIDTH)
        parts += [f"## sightline {name}", _as_block(command.get_help(own))]
    return "\n\n".join(parts) + "\n"


def _as_block(text: str) -> str:
    return f"```\n{text.strip()}\n```"
