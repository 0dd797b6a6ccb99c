"""The command `sightline`: each command lives in a module of its own, loaded only when it is called."""

from importlib import import_module

import click

import sightline

COMMANDS: dict[str, str] = {
    "place": "sightline.interfaces.cli.place:place",
    "clock": "sightline.interfaces.cli.clock:clock",
    "duties": "sightline.interfaces.cli.duties:duties",
    "signs": "sightline.interfaces.cli.signs:signs",
    "settings": "sightline.interfaces.cli.settings:settings",
    "lookback": "sightline.interfaces.cli.lookback:lookback",
    "extent": "sightline.interfaces.cli.extent:extent",
    "measures": "sightline.interfaces.cli.measures:measures",
    "link": "sightline.interfaces.cli.link:link",
    "weights": "sightline.interfaces.cli.weights:weights",
    "identifier": "sightline.interfaces.cli.identifier:identifier",
    "feeds": "sightline.interfaces.cli.feeds:feeds",
    "up": "sightline.interfaces.cli.serve:up",
    "serve": "sightline.interfaces.cli.serve:serve",
    "migrate": "sightline.interfaces.cli.migrate:migrate",
    "backup": "sightline.interfaces.cli.backup:backup",
    "restore": "sightline.interfaces.cli.backup:restore",
    "jobs": "sightline.interfaces.cli.jobs:jobs",
    "check": "sightline.interfaces.cli.check:check",
    "import": "sightline.interfaces.cli.importing:import_files",
    "child": "sightline.interfaces.cli.child:child",
    "handover": "sightline.interfaces.cli.handover:handover",
    "known": "sightline.interfaces.cli.known:known",
    "audit": "sightline.interfaces.cli.audit:audit",
    "agency": "sightline.interfaces.cli.keeping:agency",
    "desk": "sightline.interfaces.cli.desks:desk",
    "user": "sightline.interfaces.cli.keeping:user",
    "code": "sightline.interfaces.cli.code:code",
    "sites": "sightline.interfaces.cli.sites:sites",
    "story": "sightline.interfaces.cli.story:story",
    "responsibility": "sightline.interfaces.cli.responsibility:responsibility",
}


class Lazily(click.Group):
    """Load a command's module when it is called, so that pure commands start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the one command that was asked for."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # nosec B101
        return command


@click.group(cls=Lazily, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(sightline.__version__)
def main() -> None:
    """Protect children from criminal exploitation: link what agencies know, and let nothing be forgotten."""
