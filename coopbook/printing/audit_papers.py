"""What auditors take on paper: a sample to tick off, and letters to members.

A letter names a member, what the book says of them, and has a slip to cut off and send
back to the auditor, not to the cooperative.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)

from coopbook.auditing import METHOD_NAMES, Confirmation, Confirmations, Row, Sample
from coopbook.dates import short_day
from coopbook.i18n import N_
from coopbook.money import ZERO
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.loan_sheet import (
    VALUE,
    Issuer,
    Printed,
    Speech,
    borrower_of,
    pairs,
    plain,
)
from coopbook.printing.minutes_sheet import WIDTH, style

TEXT = style(10, spaceAfter=2.5 * mm)
SAMPLE_WIDTHS = tuple(WIDTH * part for part in (0.1, 0.17, 0.35, 0.16, 0.07, 0.15))
BOX = 9
"""How wide a square to tick is, in points."""

CARD_WIDTHS = tuple(WIDTH * part for part in (0.16, 0.56, 0.28))


def working_paper_pdf(
    sample: Sample,
    rows: Sequence[Row],
    issuer: Issuer,
    span: str,
    printed: Printed,
    *,
    language: str = "id",
) -> bytes:
    """Return the drawn vouchers as a list to tick off, with how they were drawn.

    ``span`` says from which time.  The same sample gives the same list.
    """
    minutes_sheet.letters()
    speech = Speech(language)
    return loan_sheet.as_pdf(
        _sample(sample, rows, issuer, span, speech),
        issuer,
        speech,
        label=speech.say(N_("Working paper")),
        code="",
        printed=printed,
    )


def _sample(
    sample: Sample, rows: Sequence[Row], issuer: Issuer, span: str, speech: Speech
) -> Iterator[Flowable]:
    title = speech.say(N_("Vouchers drawn for the audit"))
    yield from loan_sheet.head(issuer, title, span, speech)
    told = [
        (speech.say(N_("Seed")), plain(sample.seed)),
        (speech.say(N_("How it is drawn")), speech.say(METHOD_NAMES[sample.method])),
        (
            speech.say(N_("Drawn from")),
            speech.say(
                N_("%(count)s vouchers, %(total)s together"),
                count=sample.count,
                total=loan_sheet.money(sample.total),
            ),
        ),
    ]
    if sample.interval:
        every = N_("every %(interval)s, from %(start)s on")
        said = speech.say(
            every,
            interval=speech.number(sample.every),
            start=speech.number(sample.start),
        )
        told.append((speech.say(N_("Step")), said))
    yield pairs(told)
    yield Spacer(1, 3 * mm)
    heads = [N_("Date"), N_("Voucher"), N_("What"), "Rp", N_("Seen"), N_("Remark")]
    lines = [
        [
            short_day(row.booked_on),
            row.voucher,
            loan_sheet.cell(row.memo, SAMPLE_WIDTHS[2]),
            in_figures(row.amount),
            tick_box(),
            "",
        ]
        for row in rows
    ]
    whole = in_figures(sum((row.amount for row in rows), ZERO))
    titles = [speech.say(one) if one != "Rp" else one for one in heads]
    total = [speech.say(N_("Together")), "", "", whole, "", ""]
    yield loan_sheet.figures(titles, lines, SAMPLE_WIDTHS, words=3, total=total)
    yield Spacer(1, 6 * mm)
    yield loan_sheet.signatures([(speech.say(N_("Auditor")), "", "")], columns=2)


def tick_box() -> Drawing:
    """Return an empty square to tick; the letters of the papers have none."""
    drawing = Drawing(BOX, BOX)
    drawing.add(Rect(0.5, 0.5, BOX - 1, BOX - 1, fillColor=None, strokeWidth=0.8))
    return drawing


def letters_pdf(
    of: Confirmations,
    issuer: Issuer,
    reply_to: str,
    printed: Printed,
    *,
    language: str = "id",
) -> bytes:
    """Return a letter a member, each on a page of its own, in the order of numbers.

    ``reply_to`` says where the slip goes: to the auditor, in the auditor's words.
    """
    minutes_sheet.letters()
    speech = Speech(language)
    return loan_sheet.as_pdf(
        _letters(of, issuer, reply_to, speech),
        issuer,
        speech,
        label=speech.say(N_("Confirmation of balances")),
        code="",
        printed=printed,
    )


def _letters(
    of: Confirmations, issuer: Issuer, reply_to: str, speech: Speech
) -> Iterator[Flowable]:
    for place, one in enumerate(of.asked):
        if place:
            yield PageBreak()
        yield from _letter(of, one, issuer, reply_to, speech)


def _letter(
    of: Confirmations,
    one: Confirmation,
    issuer: Issuer,
    reply_to: str,
    speech: Speech,
) -> Iterator[Flowable]:
    who = borrower_of(one.member)
    title = speech.say(N_("Please confirm what you have and what you owe"))
    number = speech.say(N_("Member %(number)s"), number=f"{who.number:04d}")
    yield from loan_sheet.head(issuer, title, number, speech)
    yield Paragraph(f"{plain(who.name)}<br/>{plain(who.address)}", TEXT)
    words = N_(
        "The book of the cooperative says this of you at the end of %(day)s. The"
        " auditor asks whether it is right. This is not a request to pay."
    )
    yield Paragraph(speech.say(words, day=speech.day(of.on)), TEXT)
    heads = [speech.say(N_("Number")), speech.say(N_("What")), "Rp"]
    for owed, name, total in (
        (False, N_("You have saved"), one.saved),
        (True, N_("You owe, without interest"), one.owed),
    ):
        cards = [card for card in one.cards if card.owed is owed]
        if not cards:
            continue
        yield from loan_sheet.heading(speech.say(name))
        lines = [
            [
                str(card.number),
                card.account.said(speech.language),
                in_figures(card.balance),
            ]
            for card in cards
        ]
        whole = [speech.say(N_("Together")), "", in_figures(total)]
        yield loan_sheet.figures(heads, lines, CARD_WIDTHS, words=2, total=whole)
    yield Spacer(1, 6 * mm)
    yield HRFlowable(width="100%", thickness=0.6, dash=(3, 2))
    yield Spacer(1, 2 * mm)
    back = N_("Answer to the auditor, not to the cooperative: %(where)s")
    yield Paragraph(speech.say(back, where=plain(reply_to)), TEXT)
    yield pairs([(number, plain(who.name))])
    answers = (
        N_("It is right."),
        N_("It is not right. By my passbook it is: ……………………"),
        N_("I do not know of this account or loan: ……………………"),
    )
    cells = [[tick_box(), Paragraph(speech.say(said), VALUE)] for said in answers]
    yield Table(cells, [8 * mm, WIDTH - 8 * mm], style=loan_sheet.CLOSE)
    yield Spacer(1, 4 * mm)
    yield loan_sheet.signatures(
        [(speech.say(N_("Date and signature")), "", who.name)], columns=2
    )
