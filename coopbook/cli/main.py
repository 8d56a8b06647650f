"""The command and its sub-commands, each loaded only when it is called."""

from __future__ import annotations

import itertools
import os
import sys
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

import click

from coopbook import __version__
from coopbook.cli.desk import Desk
from coopbook.errors import CoopbookError, Inconsistent
from coopbook.i18n import LANGUAGES, N_, say

COMMANDS = {
    "init": ("coopbook.cli.books:init", N_("Found a cooperative.")),
    "demo": ("", N_("Make a sample cooperative and open it in the browser.")),
    "serve": ("", N_("Open the book in the browser.")),
    "import": ("coopbook.cli.importing:bring_in", N_("Bring in a spreadsheet.")),
    "imports": ("coopbook.cli.importing:imports", N_("List imports, take one back.")),
    "export": ("coopbook.cli.exporting:export", N_("Write the book out for others.")),
    "member": ("coopbook.cli.membership:member", N_("Admit, list and show members.")),
    "savings": ("coopbook.cli.saving:savings", N_("Deposit, withdraw, passbook.")),
    "deposit": ("coopbook.cli.deposits:deposit", N_("Term deposits.")),
    "loan": ("coopbook.cli.lending:loan", N_("Simulate, apply, disburse, repay.")),
    "group": ("coopbook.cli.groups:group", N_("Groups with joint liability.")),
    "entry": ("coopbook.cli.entries:entry", N_("List, show and reverse entries.")),
    "approval": ("coopbook.cli.approvals:approval", N_("Decide as the second person.")),
    "meeting": ("coopbook.cli.meetings:meeting", N_("Call, count, vote, minutes.")),
    "decision": ("coopbook.cli.decisions:decision", N_("Enter and list decisions.")),
    "document": (
        "coopbook.cli.decisions:document",
        N_("Papers of the cooperative, and which end soon."),
    ),
    "setting": ("coopbook.cli.settings:setting", N_("The by-laws' figures, by date.")),
    "person": ("coopbook.cli.people:person", N_("Say who logs in, and as what.")),
    "day-end": ("coopbook.cli.dayend:day_end", N_("End a day: pay, accrue, age.")),
    "close": ("coopbook.cli.periods:close", N_("Close a day, a month, a year.")),
    "reopen": ("coopbook.cli.periods:reopen", N_("Ask to reopen a closed period.")),
    "asset": ("coopbook.cli.assets:asset", N_("What the cooperative owns.")),
    "count": (
        "coopbook.cli.counting:count",
        N_("Count a cash box against the book."),
    ),
    "bank": (
        "coopbook.cli.banking:bank",
        N_("Bring in the bank's statements, reconcile."),
    ),
    "goods": (
        "coopbook.cli.goods:goods",
        N_("What a multi-purpose cooperative buys and sells."),
    ),
    "consolidate": (
        "coopbook.cli.consolidating:consolidate",
        N_("Read the books of several units as one."),
    ),
    "surplus": (
        "coopbook.cli.surplus:surplus",
        N_("Divide a year's surplus, hand it out, pay it."),
    ),
    "correction": (
        "coopbook.cli.correcting:correction",
        N_("What auditors would correct in a year."),
    ),
    "fund": ("coopbook.cli.correcting:fund", N_("Use the funds of the surplus.")),
    "statement-line": (
        "coopbook.cli.correcting:statement_line",
        N_("Give an account its line of a statement."),
    ),
    "report": ("coopbook.cli.reports:report", N_("Trial balance, ledger, journal.")),
    "verify": ("coopbook.cli.books:verify_book", N_("Check everything checkable.")),
    "checkpoint": (
        "coopbook.cli.checkpoints:checkpoint",
        N_("Make and list checkpoints, for others to keep."),
    ),
    "audit": (
        "coopbook.cli.auditing:audit",
        N_("Test the journal as auditors do, draw a sample."),
    ),
    "db": ("coopbook.cli.books:db", N_("Upgrade and check the database.")),
}


class Commands(click.Group):
    """Sub-commands by name; those of the web come through an entry-point group."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        place, _ = COMMANDS[cmd_name]
        if not place:
            found = entry_points(group="coopbook.commands", name=cmd_name)
            command: click.Command = next(iter(found)).load()
            return command
        module, _, name = place.partition(":")
        loaded: click.Command = getattr(import_module(module), name)
        return loaded

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """List the commands with their sentence, without loading any."""
        language = language_of(ctx.params.get("language"))
        with formatter.section(say("Commands", language)):
            formatter.write_dl(
                [(name, say(text, language)) for name, (_, text) in COMMANDS.items()]
            )


def language_of(asked: str | None) -> str:
    """Return the language to speak: asked for, of the machine, or Indonesian."""
    if asked in LANGUAGES:
        return str(asked)
    spoken = os.environ.get("COOPBOOK_LANG") or os.environ.get("LANG", "")
    return "id" if spoken.startswith("id") else "en"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coopbook")
@click.option(
    "--book",
    "place",
    envvar="COOPBOOK_BOOK",
    default="books/koperasi",
    show_default=True,
    metavar="DIR_OR_URL",
    help="The book's folder, or the URL of its database.",
)
@click.option("--cooperative", type=int, default=1, show_default=True)
@click.option("--as", "actor", envvar="COOPBOOK_AS", default="", metavar="USER")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), is_eager=True)
@click.pass_context
def coopbook(
    context: click.Context,
    place: str,
    cooperative: int,
    actor: str,
    language: str | None,
) -> None:
    """Keep the book of a savings-and-loan cooperative."""
    context.obj = Desk(place, cooperative, actor, language_of(language))


def main(arguments: list[str] | None = None) -> Any:
    """Run the command: 0 done, 1 refused, 2 misuse, 3 the book is inconsistent."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = coopbook.main(
            args=arguments, prog_name="coopbook", standalone_mode=False
        )
    except click.exceptions.Abort:
        raise SystemExit(1) from None
    except click.ClickException as misuse:
        misuse.show()
        raise SystemExit(misuse.exit_code) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    except Exception as error:
        raise SystemExit(_refused(error, arguments)) from error
    raise SystemExit(status if isinstance(status, int) else 0)


def _refused(error: Exception, arguments: list[str] | None) -> int:
    """Say in one sentence what stood in the way; a bug keeps its traceback."""
    words = sys.argv[1:] if arguments is None else arguments
    asked = next((b for a, b in itertools.pairwise(words) if a == "--lang"), None)
    language = language_of(asked)
    if isinstance(error, CoopbookError):
        from coopbook.cli.output import shown

        facts = {name: shown(fact, language) for name, fact in error.facts.items()}
        click.echo(say(error.sentence, language) % facts, err=True)
        return 3 if isinstance(error, Inconsistent) else 1
    told = _told(error)
    if told is None:
        raise error
    click.echo(f"{say('The book cannot be opened:', language)} {told}", err=True)
    return 1


def _told(error: Exception) -> str | None:
    if isinstance(error, OSError):
        return str(error)
    if type(error).__module__.startswith("sqlalchemy"):
        original = getattr(error, "orig", None)
        if type(original).__name__ in {"OperationalError", "DatabaseError"}:
            return str(original).splitlines()[0]
    return None
