"""What is done about late loans, from a shell: steps written down, letters sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import (
    AMOUNT,
    DAY,
    Desk,
    business_day,
    on_option,
    pass_desk,
    posted,
)
from coopbook.cli.loans import loan
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.dunning import DunningStep
    from coopbook.loans import Loan
    from coopbook.money import Money

KINDS = ("reminder", "call", "visit", "help", "promise", "mediation", "note")
REASONS = (
    *("harvest", "illness", "no_work", "remittance", "business", "family"),
    *("dispute", "away", "forgot", "other"),
)
COPIES = ("guarantors", "group", "village")
key_option = click.option(
    "--key", help="Do it once: the same key writes nothing again."
)


@loan.command("step")
@click.argument("number", type=int)
@click.argument("kind", type=click.Choice(KINDS))
@on_option
@click.option("--met", default="", help="Whom one met.")
@click.option("--why", type=click.Choice(REASONS), help="Why nothing was paid.")
@click.option("--note", default="")
@click.option("--promised", type=AMOUNT, help="How much was promised.")
@click.option("--by", "promised_on", type=DAY, help="By which day.")
@click.option("--next", "next_step", help="What to do next.")
@click.option("--next-on", type=DAY, help="On which day.")
@key_option
@pass_desk
def step(
    desk: Desk,
    number: int,
    kind: str,
    on: date | None,
    met: str,
    why: str | None,
    note: str,
    promised: Money | None,
    promised_on: date | None,
    next_step: str | None,
    next_on: date | None,
    key: str | None,
) -> None:
    """Write down what was done about a loan, and what was said."""
    from coopbook import dunning, loans
    from coopbook.dunning import LateReason, StepKind

    with desk.write() as book:
        row = posted(
            *(book, key, dunning.note_step, loans.loan(book, number), StepKind(kind)),
            on=business_day(book, on),
            met=met,
            why=LateReason(why) if why else None,
            note=note,
            promised=promised,
            promised_on=promised_on,
            next_step=next_step,
            next_on=next_on,
        )
        item = row.number
    desk.echo(N_("Step %(item)s of loan %(number)s."), item=item, number=number)


@loan.command("letter")
@click.argument("number", type=int)
@click.option(
    *("--copy", "copies"),
    type=click.Choice(COPIES),
    multiple=True,
    help="Who gets a copy; repeat.",
)
@click.option("--early", is_flag=True, help="The first before its day.")
@click.option("--meeting-on", type=DAY, help="When the board meets, for the third.")
@click.option("--meeting-place", default="", help="Where, and at what time.")
@click.option("--note", default="")
@click.option("--again", help="Print one that was sent, by its number.")
@click.option("--pdf", "file", type=click.Path(path_type=Path, dir_okay=False))
@on_option
@key_option
@pass_desk
def letter(
    desk: Desk,
    number: int,
    copies: tuple[str, ...],
    early: bool,
    meeting_on: date | None,
    meeting_place: str,
    note: str,
    again: str | None,
    file: Path | None,
    on: date | None,
    key: str | None,
) -> None:
    """Send the next warning letter of a late loan; prints its number."""
    from coopbook import dunning, loans
    from coopbook.dunning import Copy

    if again is not None:
        with desk.read() as book:
            row = loans.loan(book, number)
            label, paper = again, _paper(book, row, _sent(book, row, again), desk)
    else:
        with desk.write() as book:
            row, day = loans.loan(book, number), business_day(book, on)
            sent = posted(
                *(book, key, dunning.send_letter, row),
                on=day,
                copies=[Copy(one) for one in copies],
                note=note,
                early=early,
                meeting_on=meeting_on,
                meeting_place=meeting_place,
            )
            _check_meeting(sent)
            label = sent.label
            paper = _paper(book, row, sent, desk) if file is not None else b""
    click.echo(label)
    if file is not None:
        file.write_bytes(paper)
        desk.echo(N_("The letter is in %(file)s."), file=file)


def _check_meeting(row: DunningStep) -> None:
    """Refuse a third letter that invites to no meeting; raises ``MeetingNeeded``."""
    from coopbook.dunning import StepKind
    from coopbook.dunning.refusals import MeetingNeeded

    if row.kind is StepKind.LETTER_3 and row.next_on is None:
        raise MeetingNeeded(row.step_on)


def _sent(book: Book, row: Loan, label: str) -> DunningStep:
    """Return a letter of a loan by its number on paper; raises ``NoSuchLetter``."""
    from coopbook import dunning
    from coopbook.dunning.refusals import NoSuchLetter

    for each in dunning.steps_of(book, row, struck=True):
        if each.label == label:
            return each
    raise NoSuchLetter(row.number, label)


def _paper(book: Book, row: Loan, sent: DunningStep, desk: Desk) -> bytes:
    from coopbook.printing.loan_sheet import Printed
    from coopbook.printing.warning_gathering import letter_of
    from coopbook.printing.warning_letter import warning_letter_pdf

    printed = Printed(by=desk.actor or "-", at=book.clock())
    return warning_letter_pdf(letter_of(book, row, sent), printed)
