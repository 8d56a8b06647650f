"""The receipt of collateral (*tanda terima agunan*) on A4: taken in, and given back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph, Spacer

from coopbook import loans, security
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.i18n import N_
from coopbook.money import Money
from coopbook.numerals import amount_in_words
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.loan_analysis import LINE
from coopbook.printing.loan_sheet import (
    Borrower,
    Issuer,
    Printed,
    Speech,
    heading,
    money,
    pairs,
    plain,
    summed,
)
from coopbook.printing.minutes_sheet import RULE, WIDTH
from coopbook.security import KIND_NAMES, Collateral, CollateralKind


@dataclass(frozen=True, slots=True)
class CollateralReceipt:
    """Everything on the receipt of a piece of collateral.

    It was pledged for ``loan`` and secures ``secures`` by now, another one where that
    took its place.
    """

    language: str
    issuer: Issuer
    number: int
    loan: int
    secures: int
    borrower: Borrower
    kind: CollateralKind
    description: str
    document: str
    owner: str
    relation: str
    value: Money
    accepted: Money
    appraised_on: date
    appraised_by: str
    kept_where: str
    insured_until: date | None
    received_on: date
    received_by: str
    released_on: date | None
    released_to: str
    released_by: str
    release_note: str
    code: str

    @property
    def serial(self) -> str:
        """The number of the paper."""
        return f"TTA-{self.number:06d}"


def collateral_receipt_of(book: Book, collateral: Collateral) -> CollateralReceipt:
    """Gather the receipt of a piece of collateral, and of its return."""
    row, loan = collateral, loans.loan(book, collateral.loan_number)
    code = ""
    if loan.disbursed_on is not None:
        code = loan_sheet.last_code(book, loan, "loans.disburse")
    released_by = loan_sheet.person_of(book, row.released_by) if row.released_by else ""
    return CollateralReceipt(
        language=cooperative(book).language,
        issuer=loan_sheet.issuer_of(book),
        number=row.number,
        loan=loan.number,
        secures=security.secures(book, loan).number,
        borrower=loan_sheet.borrower_of(loan.member),
        kind=row.kind,
        description=row.description,
        document=row.document,
        owner=row.owner,
        relation=row.relation,
        value=row.value,
        accepted=row.accepted,
        appraised_on=row.appraised_on,
        appraised_by=row.appraised_by,
        kept_where=row.kept_where,
        insured_until=row.insured_until,
        received_on=row.received_on,
        received_by=loan_sheet.person_of(book, row.received_by),
        released_on=row.released_on,
        released_to=row.released_to or "",
        released_by=released_by,
        release_note=row.release_note or "",
        code=code,
    )


def collateral_receipt_pdf(of: CollateralReceipt, printed: Printed) -> bytes:
    """Return a receipt as a PDF; the same facts give the same bytes.

    Source: domain guide 9, "Tanda terima agunan".
    """
    minutes_sheet.letters()
    paper = _Paper(of)
    story = [*paper.opening(), *paper.thing(), *paper.received(), *paper.returned()]
    return loan_sheet.as_pdf(
        *(story, of.issuer, paper), label=of.serial, code=of.code, printed=printed
    )


class _Paper(Speech):
    """The pieces of a receipt, from its head to the return."""

    def __init__(self, of: CollateralReceipt) -> None:
        super().__init__(of.language)
        self.of = of

    def _pairs(self, rows: Sequence[tuple[str, str]]) -> Flowable:
        return pairs((self.say(name), said) for name, said in rows)

    def _by(self, name: str, on: date) -> str:
        return self.say(N_("%(name)s, on %(day)s"), name=name, day=self.day(on))

    def opening(self) -> Iterator[Flowable]:
        """Hand out what it is, and for whose loan."""
        of = self.of
        number = self.say(N_("Number %(label)s"), label=of.serial)
        title = self.say(N_("Receipt of collateral"))
        yield from loan_sheet.head(of.issuer, title, number, self)
        if of.released_on is not None:
            given = N_("Given back on %(day)s: the cooperative keeps it no more.")
            said = self.say(given, day=self.day(of.released_on))
            yield Paragraph(said, minutes_sheet.DRAFT)
        borrower = f"{of.borrower.number:04d} <b>{plain(of.borrower.name)}</b>"
        loan = f"<b>{of.loan}</b>"
        if of.secures != of.loan:
            now = N_("by now loan %(number)s, which took its place")
            loan += f", {self.say(now, number=of.secures)}"
        yield self._pairs(
            [
                (N_("For loan"), loan),
                (N_("Borrower"), borrower),
                (N_("Address"), plain(of.borrower.address) or "–"),
            ]
        )

    def thing(self) -> Iterator[Flowable]:
        """Hand out what was pledged, whose it is, and what it is worth."""
        of = self.of
        owner = f"{of.owner} ({of.relation})" if of.relation else of.owner
        words = amount_in_words(of.value, of.language)
        rows = [
            (N_("Kind of collateral"), self.say(KIND_NAMES[of.kind])),
            (N_("Description"), f"<b>{plain(of.description) or '–'}</b>"),
            (N_("Document number"), f"<b>{plain(of.document) or '–'}</b>"),
            (N_("Owner and relation"), plain(owner) or "–"),
            (N_("Value"), f"{summed(of.value)} ({words})"),
            (N_("Counts as cover"), money(of.accepted)),
            (N_("Valued by"), self._by(of.appraised_by, of.appraised_on)),
        ]
        if of.insured_until is not None:
            rows.append((N_("Insured until"), self.day(of.insured_until)))
        yield from heading(self.say(N_("What was pledged")))
        yield self._pairs(rows)

    def received(self) -> Iterator[Flowable]:
        """Hand out when it was received, by whom, where it lies; and who signs."""
        of = self.of
        rows = [
            (N_("Received by"), self._by(of.received_by, of.received_on)),
            (N_("Kept where"), plain(of.kept_where) or LINE),
            (N_("Condition when received"), LINE),
        ]
        people = [
            (self.say(N_("Given by")), "", ""),
            (self.say(N_("Received by")), "", of.received_by),
        ]
        yield from heading(self.say(N_("Received")))
        yield self._pairs(rows)
        yield Spacer(1, 3 * mm)
        yield loan_sheet.signatures(people)

    def returned(self) -> Iterator[Flowable]:
        """Hand out to whom it was given back, or the lines to write that on."""
        of = self.of
        rows = [
            (N_("Given back to"), plain(of.released_to) or LINE),
            (N_("Condition when returned"), LINE),
        ]
        if of.released_on is None:
            rows[:0] = [(N_("Given back on"), LINE), (N_("Given back by"), LINE)]
        else:
            rows.insert(
                0, (N_("Given back by"), self._by(of.released_by, of.released_on))
            )
        if of.release_note:
            rows.append((N_("Reason"), plain(of.release_note)))
        people = [
            (self.say(N_("Given back by")), "", of.released_by),
            (self.say(N_("Received by")), "", of.released_to),
        ]
        bring = N_("Bring this paper when the collateral is fetched.")
        yield KeepTogether(
            [
                HRFlowable(WIDTH, 0.8, color=RULE, dash=(3, 3), spaceBefore=12),
                *heading(self.say(N_("Given back")))[1:],
                Paragraph(self.say(bring), minutes_sheet.SMALL),
                Spacer(1, 1.5 * mm),
                self._pairs(rows),
                Spacer(1, 3 * mm),
                loan_sheet.signatures(people),
            ]
        )
