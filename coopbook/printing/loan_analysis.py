"""The appraisal of a loan and the decision on it: the back of its application."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from coopbook import appraisal, loans, security
from coopbook.appraisal import (
    FIVE_C,
    FIVE_C_NAMES,
    JUDGEMENT_NAMES,
    RECOMMENDATION_NAMES,
    Capacity,
    Judgement,
    Recommendation,
)
from coopbook.book import Book
from coopbook.dates import short_day
from coopbook.decisions.queries import decision
from coopbook.i18n import N_
from coopbook.loans import STATE_NAMES, LendingLimit, Loan, LoanState
from coopbook.loans.deciding import added_by
from coopbook.money import ZERO, Money
from coopbook.numerals import amount_in_words, in_figures
from coopbook.printing import loan_sheet
from coopbook.printing.loan_agreement import STEPS
from coopbook.printing.loan_sheet import (
    FLUSH,
    HEADING,
    SMALL_CENTRED,
    VALUE,
    Speech,
    begun_large,
    heading,
    money,
    pairs,
    plain,
    summed,
)
from coopbook.printing.minutes_sheet import RULE, WIDTH, style
from coopbook.security import Cover

LINE = "." * 116
HALF = WIDTH / 2 - 6 * mm
SUM_WIDTHS = (HALF * 0.64, HALF * 0.36)
TICK = 5 * mm
JUDGED = style(11, bold=True, alignment=TA_CENTER)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an officer found of an application, and what the rules make of it.

    ``judged`` holds the five C in their order, ``amount`` what is recommended where
    that is less; ``limit`` is nothing for a loan that is over or was not granted.
    """

    appraised_on: date
    appraised_by: str
    visited_on: date | None
    dependants: int | None
    capacity: Capacity
    judged: tuple[Judgement, ...]
    recommends: Recommendation
    amount: Money | None
    note: str
    cover: Cover
    limit: LendingLimit | None


@dataclass(frozen=True, slots=True)
class Decided:
    """How far a loan is decided on: by whom and when, in the words of ``STEPS``.

    ``board`` is the number of the decision that carries it, if one does; the loan of
    a ``related`` party is agreed to by the supervisors as well.
    """

    state: LoanState
    steps: tuple[tuple[str, str, date], ...]
    board: str
    related: bool

    def by(self, step: str) -> str:
        """Return who took a step; nothing where nobody did."""
        return next((who for name, who, _ in self.steps if name == step), "")


def analysis_of(book: Book, loan: Loan, on: date) -> Analysis | None:
    """Gather the appraisal of a loan that counts, with cover and limit on a day."""
    row, capacity = appraisal.appraisal_of(book, loan), None
    if row is not None:
        capacity = appraisal.capacity_of(book, loan)
    if row is None or capacity is None:
        return None
    return Analysis(
        appraised_on=row.appraised_on,
        appraised_by=loan_sheet.person_of(book, row.appraised_by),
        visited_on=row.visited_on,
        dependants=row.dependants,
        capacity=capacity,
        judged=tuple(getattr(row, f"of_{name}") for name in FIVE_C),
        recommends=row.recommends,
        amount=row.amount,
        note=row.note,
        cover=security.cover_of(book, loan, on),
        limit=_limit(book, loan, on),
    )


def _limit(book: Book, loan: Loan, on: date) -> LendingLimit | None:
    """Return what the borrower would owe with the loan, or owes where it runs."""
    if loan.state in (LoanState.APPLIED, LoanState.APPROVED):
        more = added_by(book, loan, on)
    elif loan.state is LoanState.DISBURSED:
        more = ZERO
    else:
        return None
    return loans.lending_limit(book, loan.member, more, on)


def decided_of(book: Book, loan: Loan) -> Decided:
    """Gather who proposed, approved and agreed to a loan, and when."""
    people = (
        (loan.applied_by, loan.applied_on),
        (loan.approved_by, loan.approved_on),
        (loan.agreed_by, loan.agreed_on),
    )
    number = loan.decision_number
    return Decided(
        state=loan.state,
        steps=tuple(
            (step, loan_sheet.person_of(book, who), on)
            for step, (who, on) in zip(STEPS, people, strict=True)
            if who is not None and on is not None
        ),
        board=decision(book, number).label if number is not None else "",
        related=loan.related is not None,
    )


def analysed(of: Analysis, speech: Speech) -> Iterator[Flowable]:
    """Hand out what was found: the household's month, the five C, cover and limit."""
    yield from heading(speech.say(N_("What the household can pay")))
    yield _sides(pairs(_found(of, speech), HALF), _month(of.capacity, speech))
    yield Spacer(1, 2 * mm)
    yield pairs(_capacity(of.capacity, speech))
    yield from heading(speech.say(N_("What the appraiser found")))
    yield _five(of, speech)
    yield Spacer(1, 2 * mm)
    yield pairs(
        [
            (speech.say(N_("Note of the appraiser")), plain(of.note) or "–"),
            (speech.say(N_("Recommendation")), _recommended(of, speech)),
        ]
    )
    yield from heading(speech.say(N_("Cover and lending limit")))
    limit = _limit_table(of.limit, speech) if of.limit else Spacer(1, 1)
    yield _sides(_cover_table(of.cover, speech), limit)
    judged = list(_judged(of, speech))
    if judged:
        yield Spacer(1, 2 * mm)
        yield pairs(judged)


def _sides(left: Flowable, right: Flowable) -> Table:
    """Return two pieces side by side, the second up to the edge of the sheet."""
    return Table([[left, right]], [WIDTH - HALF, HALF], style=FLUSH)


def _found(of: Analysis, speech: Speech) -> Iterator[tuple[str, str]]:
    visited, count = of.visited_on, of.dependants
    yield speech.say(N_("Visited on")), speech.day(visited) if visited else "–"
    yield speech.say(N_("Appraised on")), speech.day(of.appraised_on)
    yield speech.say(N_("Appraised by")), plain(of.appraised_by)
    yield speech.say(N_("Dependants")), "–" if count is None else str(count)


def _month(of: Capacity, speech: Speech) -> Table:
    """Return what comes in and goes out in a month, and what is left."""
    rows = (
        (speech.say(N_("Income of the household")), of.income),
        (speech.say(N_("Living expenses")), of.expenses),
        (speech.say(N_("Installments elsewhere")), of.other_debts),
        (speech.say(N_("Left in a month")), of.left),
    )
    return _sum(speech, N_("In a month"), rows)


def _sum(speech: Speech, head: str, rows: Iterable[tuple[str, Money]]) -> Table:
    """Return amounts under each other on half the sheet, the last one below a rule."""
    *above, last = [[name, in_figures(amount)] for name, amount in rows]
    heads = [speech.say(head), speech.say(N_("Amount (Rp)"))]
    return loan_sheet.figures(heads, above, SUM_WIDTHS, words=1, total=last)


def _capacity(of: Capacity, speech: Speech) -> Iterator[tuple[str, str]]:
    part = N_("%(amount)s, %(share)s of what is left")
    yield (
        speech.say(N_("Most for installments")),
        speech.say(part, amount=money(of.most), share=f"{int(of.share * 100)}%"),
    )
    asked = money(of.asked)
    if of.percent is not None:
        asked = speech.say(part, amount=asked, share=f"{of.percent}%")
    yield speech.say(N_("Heaviest month here")), asked
    fits = N_("The installments fit.")
    over = N_("The installments do not fit: %(over)s a month too much.")
    said = fits if of.enough else over
    yield (
        speech.say(N_("Capacity to pay")),
        f"<b>{speech.say(said, over=money(of.asked - of.most))}</b>",
    )


def _five(of: Analysis, speech: Speech) -> Table:
    """Return the five C side by side, each with what was found of it."""
    return Table(
        [
            [
                Paragraph(speech.say(JUDGEMENT_NAMES[each]), JUDGED)
                for each in of.judged
            ],
            [
                Paragraph(speech.say(FIVE_C_NAMES[each]), SMALL_CENTRED)
                for each in FIVE_C
            ],
        ],
        [WIDTH / len(FIVE_C)] * len(FIVE_C),
        style=BOXED,
    )


def _recommended(of: Analysis, speech: Speech) -> str:
    said = f"<b>{speech.say(RECOMMENDATION_NAMES[of.recommends])}</b>"
    if of.amount is None:
        return said
    words = amount_in_words(of.amount, speech.language)
    return f"{said}: {summed(of.amount)} ({words})"


def _cover_table(of: Cover, speech: Speech) -> Table:
    rows = (
        (speech.say(N_("Savings held")), of.savings),
        (speech.say(N_("Collateral accepted")), of.goods),
        (speech.say(N_("Covered")), of.total),
    )
    return _sum(speech, N_("Cover"), rows)


def _limit_table(of: LendingLimit, speech: Speech) -> Table:
    capital = N_("Own capital on %(day)s")
    most = N_("Lending limit, %(share)s of it")
    share = f"{int(of.share * 100)}%"
    rows = (
        (speech.say(capital, day=short_day(of.as_of)), of.capital),
        (speech.say(most, share=share), of.most),
        (speech.say(N_("Owed with this loan")), of.owes),
    )
    return _sum(speech, N_("Lending limit"), rows)


def _judged(of: Analysis, speech: Speech) -> Iterator[tuple[str, str]]:
    """Say how far the loan is covered, and whether the limit is kept."""
    cover, limit = of.cover, of.limit
    if cover.percent is not None:
        part = N_("%(share)s of %(owed)s")
        share, owed = f"{cover.percent}%", money(cover.owed)
        said = f"<b>{speech.say(part, share=share, owed=owed)}</b>"
        if cover.promised:
            word = N_("%(amount)s more by word alone")
            said += f"; {speech.say(word, amount=money(cover.promised))}"
        yield speech.say(N_("Covered")), said
    if limit is not None:
        kept = N_("kept") if limit.kept else N_("above the limit")
        said = f"<b>{begun_large(speech.say(kept))}</b>"
        if limit.related:
            related = N_("the borrower is a related party")
            said += f"; {speech.say(related)}"
        yield speech.say(N_("Lending limit")), said


def decided(of: Decided, speech: Speech, appraiser: str | None = None) -> Flowable:
    """Return who decided what and when, or the lines to decide on by hand.

    After an appraisal there are places to sign for who appraised and who decides.
    """
    by = N_("%(name)s, on %(day)s")
    rows = [(N_("State of the loan"), f"<b>{speech.say(STATE_NAMES[of.state])}</b>")]
    rows += [
        (step, speech.say(by, name=who, day=speech.day(on)))
        for step, who, on in of.steps
    ]
    if of.board:
        rows.append((N_("Decision of the board"), plain(of.board)))
    parts = [
        Paragraph(speech.say(N_("The decision")), HEADING),
        pairs((speech.say(name), said) for name, said in rows),
    ]
    if of.state is LoanState.APPLIED:
        blank = [N_("Reason"), N_("Decided on")]
        blank += [] if of.board else [N_("Decision of the board")]
        blank += [STEPS[1]] if appraiser is None and not of.by(STEPS[1]) else []
        parts += [
            Spacer(1, 1.5 * mm),
            _ticks(speech),
            Spacer(1, 1.5 * mm),
            pairs((speech.say(name), LINE) for name in blank),
        ]
    if appraiser is not None:
        people = [(speech.say(step), "", of.by(step)) for step in STEPS[1:]]
        people = people if of.related else people[:1]
        people.insert(0, (speech.say(N_("Appraised by")), "", appraiser))
        parts += [Spacer(1, 4 * mm), loan_sheet.signatures(people)]
    return KeepTogether(parts)


def _ticks(speech: Speech) -> Table:
    """Return the three ways to decide, each with a box to tick."""
    cells: list[Flowable | str] = []
    for each in Recommendation:
        said = speech.say(RECOMMENDATION_NAMES[each])
        if each is Recommendation.LESS:
            said += f": Rp {'.' * 24}"
        cells += ["", Paragraph(said, VALUE)]
    wide = (WIDTH - 3 * TICK) / 3
    parts = [wide - 3 * mm, wide + 10 * mm, wide - 7 * mm]
    widths = [each for part in parts for each in (TICK, part)]
    return Table([cells], widths, [TICK], style=TICKED)


BOXED = [
    ("BOX", (0, 0), (-1, -1), 0.6, RULE),
    ("LINEAFTER", (0, 0), (-2, -1), 0.25, RULE),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("TOPPADDING", (0, 0), (-1, 0), 4),
    ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
    ("TOPPADDING", (0, 1), (-1, 1), 0),
    ("BOTTOMPADDING", (0, 1), (-1, 1), 5),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
]
TICKED = [
    *(("BOX", (place, 0), (place, 0), 0.8, RULE) for place in (0, 2, 4)),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
]
