"""The three warning letters of a late loan (*surat peringatan*), help offered first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from coopbook.baddebts import CLASS_NAMES
from coopbook.dates import short_day
from coopbook.i18n import N_, say
from coopbook.money import ZERO
from coopbook.numerals import amount_in_words, in_figures
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.loan_sheet import (
    CELL,
    Printed,
    Speech,
    beside,
    money,
    pairs,
    plain,
)
from coopbook.printing.minutes_sheet import RULE, WIDTH, style
from coopbook.printing.warning_facts import (
    STEP_SENTENCES,
    BoardMeeting,
    Cited,
    Contact,
    NextStep,
    Unpaid,
    VillageCopy,
    WarningLetter,
    unpaid_of,
)

__all__ = [
    "BoardMeeting",
    "Cited",
    "Contact",
    "NextStep",
    "Unpaid",
    "VillageCopy",
    "WarningLetter",
    "unpaid_of",
    "warning_letter_pdf",
]

MOST_ROWS = 12
TITLES = (
    N_("First warning letter"),
    N_("Second warning letter"),
    N_("Third warning letter"),
)
HEADS = (
    *(N_("No."), N_("Due on"), N_("Principal (Rp)"), N_("Interest (Rp)")),
    *(N_("Penalty (Rp)"), N_("Amount (Rp)")),
)
WIDTHS = tuple(width * WIDTH / 100 for width in (8, 20, 18, 18, 18, 18))
TEXT = style(9, spaceAfter=1.6 * mm, allowWidows=0, allowOrphans=0)
OFFER_HEAD = style(9, bold=True, spaceAfter=0.8 * mm)
BOXED = [
    ("BOX", (0, 0), (-1, -1), 0.8, RULE),
    *((f"{edge}PADDING", (0, 0), (-1, -1), 7) for edge in ("LEFT", "RIGHT")),
    *((f"{edge}PADDING", (0, 0), (-1, -1), 5) for edge in ("TOP", "BOTTOM")),
]


def warning_letter_pdf(of: WarningLetter, printed: Printed) -> bytes:
    """Return the letter as a PDF; the same facts give the same bytes.

    Source: domain guide 4.6 and 9, "SP1 / SP2 / SP3".
    """
    minutes_sheet.letters()
    paper = _Paper(of)
    story = [
        *paper.opening(),
        *paper.offer(),
        *paper.late(),
        *paper.follows(),
        *paper.rights(),
        KeepTogether([*paper.copies(), *paper.signed()]),
    ]
    return loan_sheet.as_pdf(
        *(story, of.issuer, paper), label=of.label, code=of.code, printed=printed
    )


class _Paper(Speech):
    """The pieces of the letter, from its head to the places to sign."""

    def __init__(self, of: WarningLetter) -> None:
        super().__init__(of.language)
        self.of = of

    def opening(self) -> Iterator[Flowable]:
        """Hand out which letter it is, whom it is for, and which loan it is about."""
        of, half = self.of, WIDTH / 2 - 4 * mm
        title = self.say(TITLES[of.level - 1])
        dated = N_("Number %(label)s, %(day)s")
        number = self.say(dated, label=of.label, day=self.day(of.on))
        yield from loan_sheet.head(of.issuer, title, number, self)
        yield beside(pairs(self._whom(), half), pairs(self._which(), half))
        yield Spacer(1, 2 * mm)
        yield Paragraph(self.say(N_("Dear %(name)s,"), name=of.borrower.name), TEXT)

    def _whom(self) -> Iterator[tuple[str, str]]:
        of = self.of
        for name, said in (
            (N_("Addressed to"), f"<b>{plain(of.borrower.name)}</b>"),
            (N_("Member number"), f"{of.borrower.number:04d}"),
            (N_("Address"), plain(of.borrower.address) or "–"),
            (N_("Hamlet or RT"), plain(of.hamlet)),
        ):
            if said:
                yield self.say(name), said

    def _which(self) -> Iterator[tuple[str, str]]:
        of = self.of
        stands = N_("%(class)s, %(days)s days late")
        said = {"class": say(CLASS_NAMES[of.loan_class], of.language)}
        for name, value in (
            (N_("Loan"), f"<b>{of.loan}</b>"),
            (N_("Agreement of"), self.day(of.agreed_on)),
            (N_("Amount lent"), money(of.lent)),
            (N_("Principal left"), money(of.outstanding)),
            (N_("Class"), self.say(stands, days=of.days_past_due, **said)),
        ):
            yield self.say(name), value

    def offer(self) -> Iterator[Flowable]:
        """Hand out the offer of help, which stands before anything that is asked."""
        who = self.of.contact
        heading = self.say(N_("Is it hard to pay? Let us talk first"))
        offered = N_(
            "Whoever has trouble paying is welcome to talk about it with %(name)s, "
            "%(office)s: %(when)s. Together we look for another plan of payment "
            "(rescheduling) that you can keep. Asking costs nothing."
        )
        office = say(who.office, self.language)
        said = self.say(offered, name=who.name, office=office, when=who.when)
        inside = [Paragraph(heading, OFFER_HEAD), Paragraph(said, style(9))]
        yield Table([[inside]], [WIDTH], style=BOXED)
        yield Spacer(1, 2 * mm)

    def late(self) -> Iterator[Flowable]:
        """Hand out the earlier letters, what is late, and until when to pay it."""
        of = self.of
        if of.earlier:
            letter = N_("%(label)s of %(day)s")
            cited = [
                self.say(letter, label=each.label, day=self.day(each.on))
                for each in of.earlier
            ]
            wrote = N_("We wrote to you before: %(letters)s.")
            yield Paragraph(self.say(wrote, letters="; ".join(cited)), TEXT)
        found = N_("In our book these installments were not paid in full by %(day)s:")
        yield Paragraph(self.say(found, day=self.day(of.on)), TEXT)
        total = [self.say(N_("Total")), "", *_amounts(of.unpaid)]
        heads = [self.say(head) for head in HEADS]
        yield loan_sheet.figures(heads, self._rows(), WIDTHS, words=2, total=total)
        yield Spacer(1, 2 * mm)
        all_late = N_("All that is late comes to %(amount)s (%(words)s).")
        words = amount_in_words(of.arrears, of.language)
        said = self.say(all_late, amount=money(of.arrears), words=words)
        please = N_(
            "Please pay it by %(day)s, or agree with us on another plan by then."
        )
        asked = self.say(please, day=self.day(of.deadline))
        yield Paragraph(f"{said} <b>{asked}</b>", TEXT)

    def _rows(self) -> list[list[str | Paragraph]]:
        shown, rest = self.of.unpaid[:MOST_ROWS], self.of.unpaid[MOST_ROWS:]
        rows: list[list[str | Paragraph]] = [
            [str(each.number), short_day(each.due_on), *_amounts([each])]
            for each in shown
        ]
        if rest:
            more = self.say(N_("and %(count)s more"), count=len(rest))
            rows.append(["", Paragraph(more, CELL), *_amounts(rest)])
        return rows

    def follows(self) -> Iterator[Flowable]:
        """Hand out what comes after the day on which it is to be paid."""
        of = self.of
        if of.meeting is None:
            next_letter = N_("Otherwise another letter follows after that day.")
            yield Paragraph(self.say(next_letter), TEXT)
            return
        invited = N_(
            "The board invites you to talk it over together on %(day)s: %(place)s. You "
            "may bring somebody whom you trust."
        )
        on = self.day(of.meeting.on)
        yield Paragraph(self.say(invited, day=on, place=of.meeting.place), TEXT)
        steps = N_(
            "Where nothing is paid or agreed, the agreement and the by-laws allow the "
            "steps below. The board decides on each, and you are told beforehand:"
        )
        yield Paragraph(self.say(steps), style(9, spaceAfter=1 * mm))
        for each in of.steps:
            said = self.say(STEP_SENTENCES[each])
            yield Paragraph(f"–&nbsp; {said}", style(9, leftIndent=4 * mm))
        yield Spacer(1, 2 * mm)

    def rights(self) -> Iterator[Flowable]:
        """Hand out what a member can do about the letter."""
        of = self.of
        paid = N_(
            "If you have paid meanwhile, please show us the receipt. If a figure is "
            "wrong or you do not agree, tell %(name)s or the supervisors by %(day)s, "
            "in person or in writing: it is looked into and answered before anything "
            "else is done."
        )
        day = self.day(of.deadline)
        said = [self.say(paid, name=of.contact.name, day=day)]
        if of.code:
            code = N_(
                "The check code at the foot of the page stands in the cooperative's "
                "book too; at the counter you can see whether they agree."
            )
            said.append(self.say(code))
        yield Paragraph(" ".join(said), TEXT)

    def copies(self) -> Iterator[Flowable]:
        """Hand out who else reads the letter, and why."""
        yield Paragraph(" ".join(self._copies()), TEXT)

    def _copies(self) -> Iterator[str]:
        of = self.of
        for name, to in (
            (N_("A copy goes to the guarantors: %(names)s."), ", ".join(of.guarantors)),
            (N_("A copy goes to the group: %(names)s."), of.group),
        ):
            if to:
                yield self.say(name, names=to)
        if of.village is not None:
            village = N_(
                "A copy goes to the village government, as you agreed in writing on "
                "%(day)s and the board decided in %(number)s."
            )
            day = self.day(of.village.consented_on)
            yield self.say(village, day=day, number=of.village.decision)
        yield self.say(N_("Nobody else receives this letter."))

    def signed(self) -> Iterator[Flowable]:
        """Hand out the places to sign: who received the letter, and who wrote it."""
        of = self.of
        place = of.issuer.place.split(",")[0]
        dated = ", ".join(filter(None, (plain(place), self.day(of.on))))
        office = plain(say(of.office, of.language))
        received = self.say(N_("Received on"))
        people = [
            (f"{received} {'.' * 24}", "", of.borrower.name),
            (f"{dated}<br/>{office}", "", of.signer),
        ]
        yield Spacer(1, 2 * mm)
        yield loan_sheet.signatures(people)


def _amounts(some: Sequence[Unpaid]) -> list[str]:
    columns = [
        (each.principal, each.interest, each.penalty, each.total) for each in some
    ]
    return [in_figures(sum(each, ZERO)) for each in zip(*columns, strict=True)]
