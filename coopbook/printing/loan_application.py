"""The application for a loan (*formulir permohonan*) on A4, with its appraisal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, Spacer

from coopbook import appraisal, groups, loans, members, savings, security
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.dates import short_day
from coopbook.i18n import N_, Names, say
from coopbook.loans import Installment, InterestMethod, Loan, LoanState, conditions_of
from coopbook.loans.history import begun
from coopbook.loans.terms import METHOD_NAMES, Every
from coopbook.members import Member
from coopbook.members.relations import RELATION_NAMES, Relation
from coopbook.money import ZERO, Money, Rate
from coopbook.numerals import amount_in_words, in_figures
from coopbook.printing import loan_analysis, loan_sheet, loan_words, minutes_sheet
from coopbook.printing.certificate import percent_of
from coopbook.printing.loan_analysis import LINE, Analysis, Decided
from coopbook.printing.loan_sheet import (
    CELL,
    Borrower,
    Issuer,
    Printed,
    Speech,
    beside,
    cell,
    heading,
    money,
    pairs,
    plain,
    summed,
)
from coopbook.printing.minutes_sheet import WIDTH
from coopbook.security import KIND_NAMES, CollateralKind

HOUSEHOLD = N_("Same household")
BLANK = "." * 40
ANSWER_HEADS = (
    *(N_("Who answers for it"), N_("Relation")),
    *(N_("Answers for (Rp)"), N_("Savings held (Rp)")),
)
ANSWER_WIDTHS = tuple(width * WIDTH / 100 for width in (36, 26, 18, 20))
GOODS_HEADS = (
    *(N_("Collateral"), N_("Document number"), N_("Owner and relation")),
    *(N_("Value (Rp)"), N_("Accepted (Rp)")),
)
GOODS_WIDTHS = tuple(width * WIDTH / 100 for width in (31, 19, 20, 14, 16))
OTHER_HEADS = (N_("Other loans here"), N_("Kind of loan"), N_("Principal left (Rp)"))
OTHER_WIDTHS = tuple(width * WIDTH / 100 for width in (31, 39, 30))


@dataclass(frozen=True, slots=True)
class Answering:
    """Somebody who answers or answered for a part of the loan, and what is held."""

    name: str
    member: int | None
    relation: str
    amount: Money
    held: Money
    released_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pledged:
    """A thing that secures or secured the loan."""

    kind: CollateralKind
    description: str
    document: str
    owner: str
    relation: str
    value: Money
    accepted: Money
    released_on: date | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """Another loan of the borrower that runs here."""

    number: int
    kind: Names
    left: Money


@dataclass(frozen=True, slots=True)
class Application:
    """Everything on the application for a loan, and on its appraisal.

    ``family`` holds names beside what they are to the borrower, ``group`` the group
    that answers and who leads it.  ``plan`` is the schedule from the day the loan
    was paid out, or else applied for.  Without an ``analysis`` there is no second part.
    """

    language: str
    issuer: Issuer
    number: int
    borrower: Borrower
    occupation: str
    family: tuple[tuple[str, str], ...]
    spouse: str
    business: str
    purpose: str
    kind: Names
    amount: Money
    method: InterestMethod
    rate: Rate
    every: Every | None
    plan: tuple[Installment, ...]
    applied_on: date
    officer: str
    group: tuple[str, str] | None
    guarantors: tuple[Answering, ...]
    goods: tuple[Pledged, ...]
    others: tuple[Running, ...]
    analysis: Analysis | None
    decided: Decided
    code: str

    @property
    def serial(self) -> str:
        """The number of the paper."""
        return f"FP-{self.number:06d}"


def application_of(book: Book, loan: Loan, on: date) -> Application:
    """Gather the application for a loan; cover, limit and other loans as on a day."""
    member, product = loan.member, loan.product
    conditions, starts_on = conditions_of(loan), loan.disbursed_on or loan.applied_on
    found, code = appraisal.appraisal_of(book, loan), ""
    if loan.disbursed_on is not None:
        code = loan_sheet.last_code(book, loan, "loans.disburse")
    kin = members.relatives(book, member)
    spouses = [each.name for each in kin if each.relation is Relation.SPOUSE]
    behind = groups.group_behind(book, loan)
    leader = members.member(book, behind.leader_number).name if behind else ""
    return Application(
        language=cooperative(book).language,
        issuer=loan_sheet.issuer_of(book),
        number=loan.number,
        borrower=loan_sheet.borrower_of(member),
        occupation=member.occupation or "",
        family=tuple(_family(book, member)),
        spouse=spouses[0] if len(spouses) == 1 else "",
        business=found.business if found else "",
        purpose=loan.purpose,
        kind=Names(product.name_id, product.name_en),
        amount=loans.whole_of(loan),
        method=loan.method,
        rate=loan.rate,
        every=None if conditions.dates else conditions.every,
        plan=tuple(begun(book, loan, starts_on).plan),
        applied_on=loan.applied_on,
        officer=loan_sheet.person_of(book, loans.officer_of(book, loan)),
        group=(behind.name, leader) if behind else None,
        guarantors=tuple(_guarantors(book, loan)),
        goods=tuple(_goods(book, loan)),
        others=tuple(_others(book, loan, on)),
        analysis=loan_analysis.analysis_of(book, loan, on),
        decided=loan_analysis.decided_of(book, loan),
        code=code,
    )


def _family(book: Book, member: Member) -> Iterator[tuple[str, str]]:
    """Hand out kin, then who else lives in the house; each member once."""
    seen = {member.number}
    for each in members.relatives(book, member):
        if each.member is not None:
            seen.add(each.member.number)
        yield each.name, RELATION_NAMES[each.relation]
    house = members.household_of(book, member)
    for other in house[1] if house else []:
        if other.number not in seen:
            yield other.name, HOUSEHOLD


def _guarantors(book: Book, loan: Loan) -> Iterator[Answering]:
    for each in security.guarantors_of(book, loan):
        hold, held = each.hold_number, ZERO
        if hold is not None and each.released_on is None:
            found = savings.find_hold(book, hold)
            held = ZERO if found.released_on else found.amount
        yield Answering(
            *(each.name, each.member_number, each.relation),
            *(each.amount, held, each.released_on),
        )


def _goods(book: Book, loan: Loan) -> Iterator[Pledged]:
    for each in security.collateral_of(book, loan):
        yield Pledged(
            *(each.kind, each.description, each.document, each.owner, each.relation),
            *(each.value, each.accepted, each.released_on),
        )


def _others(book: Book, loan: Loan, on: date) -> Iterator[Running]:
    for each in reversed(loans.loans_of(book, loan.member)):
        if each.number != loan.number and each.state is LoanState.DISBURSED:
            kind = Names(each.product.name_id, each.product.name_en)
            left = loans.standing(book, each, on).outstanding_principal
            yield Running(each.number, kind, left)


def application_pdf(of: Application, printed: Printed) -> bytes:
    """Return an application as a PDF; the same facts give the same bytes.

    Source: domain guide 9, "Formulir permohonan" and "Analisis/keputusan"; NIK and
    telephone numbers stay in the book.
    """
    minutes_sheet.letters()
    paper = _Paper(of)
    story = [
        *(*paper.opening(), *paper.asked(), *paper.behind(), *paper.signed()),
        *paper.appraised(),
    ]
    return loan_sheet.as_pdf(
        *(story, of.issuer, paper), label=of.serial, code=of.code, printed=printed
    )


class _Paper(Speech):
    """The pieces of an application, from its head to the decision."""

    def __init__(self, of: Application) -> None:
        super().__init__(of.language)
        self.of = of

    def opening(self) -> Iterator[Flowable]:
        """Hand out what it is, who asks, and the family."""
        of = self.of
        number = self.say(N_("Number %(label)s"), label=of.serial)
        title = self.say(N_("Application for a loan"))
        yield from loan_sheet.head(of.issuer, title, number, self)
        yield from heading(self.say(N_("The applicant")))
        whose = [
            (N_("Member number"), f"{of.borrower.number:04d}"),
            (N_("Name"), f"<b>{plain(of.borrower.name)}</b>"),
            (N_("Occupation"), plain(of.occupation) or BLANK),
            (N_("Address"), plain(of.borrower.address) or BLANK),
        ]
        half = WIDTH / 2 - 4 * mm
        named = ((self.say(name), said) for name, said in whose)
        yield beside(pairs(named, half), pairs(self._family(), half))

    def _family(self) -> list[tuple[str, str]]:
        by: dict[str, list[str]] = {}
        for name, relation in self.of.family:
            by.setdefault(self.say(relation), []).append(plain(name))
        found = [(relation, ", ".join(names)) for relation, names in by.items()]
        return found or [(self.say(N_("Family")), BLANK)]

    def asked(self) -> Iterator[Flowable]:
        """Hand out how much is asked for, for what, and how it is paid back."""
        of = self.of
        words = amount_in_words(of.amount, of.language)
        method = say(METHOD_NAMES[of.method], of.language)
        rate = percent_of(of.rate, of.language)
        rows = [
            (N_("Amount"), f"{summed(of.amount)} ({words})"),
            (N_("Kind of loan"), plain(of.kind.said(of.language))),
            (N_("Purpose of the loan"), plain(of.purpose) or LINE),
            (N_("Business"), plain(of.business) or LINE),
            (N_("Interest as quoted"), plain(f"{rate}, {method}")),
            (N_("Installments"), loan_words.installments(self, of.plan, of.every)),
            (N_("Applied for on"), self.day(of.applied_on)),
        ]
        if of.group is not None:
            led, (group, leader) = N_("%(group)s, led by %(leader)s"), of.group
            said = self.say(led, group=group, leader=leader)
            rows.append((N_("Group that answers"), said))
        yield from heading(self.say(N_("What is asked for")))
        yield pairs((self.say(name), said) for name, said in rows)

    def behind(self) -> Iterator[Flowable]:
        """Hand out who and what stands behind the loan, and what else runs here."""
        of = self.of
        guarantors = [self._guarantor(each) for each in of.guarantors]
        goods = [self._thing(each) for each in of.goods]
        others = [self._other(each) for each in of.others]
        yield from heading(self.say(N_("What stands behind it")))
        yield from self._table(ANSWER_HEADS, guarantors, ANSWER_WIDTHS, 2)
        yield from self._table(GOODS_HEADS, goods, GOODS_WIDTHS, 3)
        yield from self._table(OTHER_HEADS, others, OTHER_WIDTHS, 2)

    def _table(
        self,
        heads: tuple[str, ...],
        rows: list[list[str | Paragraph]],
        widths: tuple[float, ...],
        words: int,
    ) -> Iterator[Flowable]:
        """Hand out a table, or that there is nothing of it."""
        said = [self.say(head) for head in heads]
        if not rows:
            yield pairs([(said[0], self.say(N_("none")))])
            return
        yield loan_sheet.figures(said, rows, widths, words=words)
        yield Spacer(1, 2 * mm)

    def _guarantor(self, of: Answering) -> list[str | Paragraph]:
        name = of.name if of.member is None else f"{of.member:04d} {of.name}"
        return [
            self._known(name, of.released_on, ANSWER_WIDTHS[0]),
            cell(of.relation or "–", ANSWER_WIDTHS[1]),
            *map(in_figures, (of.amount, of.held)),
        ]

    def _thing(self, of: Pledged) -> list[str | Paragraph]:
        what = f"{self.say(KIND_NAMES[of.kind])}: {of.description}"
        owner = f"{of.owner} ({of.relation})" if of.relation else of.owner
        return [
            self._known(what, of.released_on, GOODS_WIDTHS[0]),
            cell(of.document or "–", GOODS_WIDTHS[1]),
            cell(owner or "–", GOODS_WIDTHS[2]),
            *map(in_figures, (of.value, of.accepted)),
        ]

    def _known(
        self, name: str, released_on: date | None, width: float
    ) -> Paragraph | str:
        """Return a name for a cell, under it when what it names was let go."""
        if released_on is None:
            return cell(name, width)
        said = self.say(N_("released on %(day)s"), day=short_day(released_on))
        return Paragraph(f"{plain(name)}<br/>{said}", CELL)

    def _other(self, of: Running) -> list[str | Paragraph]:
        kind = cell(of.kind.said(self.language), OTHER_WIDTHS[1])
        return [str(of.number), kind, in_figures(of.left)]

    def signed(self) -> Iterator[Flowable]:
        """Hand out what is declared, and the places to sign."""
        of = self.of
        true = N_(
            "I ask for this loan and declare that what is written here is true. My "
            "husband, wife or heir knows of it and agrees."
        )
        people = [
            (self.say(N_("Applicant")), "", of.borrower.name),
            (self.say(N_("Husband, wife or heir")), "", of.spouse),
            (self.say(N_("Officer")), "", of.officer),
        ]
        place = of.issuer.place.split(",")[0]
        dated = ", ".join(filter(None, (plain(place), "." * 40)))
        yield KeepTogether(
            [
                Spacer(1, 4 * mm),
                Paragraph(self.say(true), loan_sheet.VALUE),
                Spacer(1, 2 * mm),
                Paragraph(dated, loan_sheet.VALUE),
                Spacer(1, 2 * mm),
                loan_sheet.signatures(people),
            ]
        )

    def appraised(self) -> Iterator[Flowable]:
        """Hand out the appraisal on a page of its own, where there is one; decide."""
        of, found = self.of, self.of.analysis
        if found is None:
            yield loan_analysis.decided(of.decided, self)
            return
        about = (of.serial, of.borrower.name, money(of.amount))
        yield PageBreak()
        yield Paragraph(self.say(N_("Loan appraisal")), minutes_sheet.TITLE)
        yield Spacer(1, 1 * mm)
        yield Paragraph(" · ".join(map(plain, about)), minutes_sheet.CENTRED)
        yield from loan_analysis.analysed(found, self)
        yield loan_analysis.decided(of.decided, self, found.appraised_by)
