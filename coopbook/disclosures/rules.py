"""What the notes to the statements say of a year (pure).

Source: SAK EP on the notes (*CALK*); Permenkop 2/2024 articles 4 and 13 on from when
savings-and-loan cooperatives apply it, read in a secondary source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from coopbook.assets import Worth
from coopbook.baddebts import POLICIES, SCALES, Assessment, Reconciliation
from coopbook.dates import short_day
from coopbook.decisions import Document
from coopbook.decisions.rules import DOCUMENT_NAMES
from coopbook.disclosures.pieces import (
    Cell,
    Grid,
    Note,
    Pairs,
    Piece,
    Prose,
    Said,
    Value,
)
from coopbook.funds import KIND_NAMES, FundReport, Used
from coopbook.goods import InStock
from coopbook.i18n import N_, say
from coopbook.ledger import Account
from coopbook.loans import Loan
from coopbook.money import ZERO, Money
from coopbook.numerals import in_figures
from coopbook.statements import Kind, Statements, layout
from coopbook.surplus import POOL_NAMES, Policy, Pool
from coopbook.surplus.rules import written
from coopbook.yearend import MemberBenefit

FIRST_SAK_EP = 2025
"""Savings-and-loan cooperatives apply SAK EP from this business year on."""

BASIS = (
    N_("The statements are in rupiah and for a calendar year."),
    N_(
        "Interest on loans is income when it is earned, of loans that perform; of"
        " others when it is paid."
    ),
    N_(
        "Savings, deposits and loans stand at what is owed on them; fixed assets at"
        " cost less depreciation."
    ),
    N_("Members' shares are equity; they are paid back when a member leaves."),
)


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What the notes of a year rest on.

    ``behind`` are the accounts of each line of position and surplus statement with
    their amounts now and a year before, ``voting`` the members with a vote and ``held``
    those who hold shares at the end, ``dividing`` how the surplus is divided and where
    that is written, ``assets`` and ``goods`` what is there at the end.
    """

    year: int
    name: str
    place: str
    registration_no: str
    told: Statements
    behind: dict[str, tuple[tuple[Account, Money, Money], ...]]
    benefit: MemberBenefit
    funds: tuple[tuple[Account, FundReport], ...]
    fund_uses: tuple[Used, ...]
    voting: int
    held: int
    now: Assessment
    sak: Reconciliation
    related: tuple[tuple[Loan, Money], ...]
    claims: Money
    dividing: tuple[Policy, str] | None
    written: str
    papers: tuple[Document, ...]
    limits: tuple[int, int]
    assets: tuple[Worth, ...]
    goods: tuple[InStock, ...]


def rupiah(amount: Money) -> str:
    """Write an amount among words, never parted from its currency.

    >>> rupiah(Money(1_000)) == "Rp\\N{NO-BREAK SPACE}1.000"
    True
    """
    return f"Rp\N{NO-BREAK SPACE}{in_figures(amount)}"


def notes_of(of: NoteFacts, language: str) -> list[Note]:
    """Return the notes of a year in the order they are read, in a language.

    One on goods stands only where there are any.
    """
    told = _Told(of, language)
    return [
        Note(key, told.say(title), tuple(pieces(told)))
        for key, title, pieces in PARTS
        if key != "goods" or of.goods
    ]


def _sum(amounts: Iterable[Money]) -> Money:
    return sum(amounts, ZERO)


def _figured(thousandths: int) -> str:
    """Write a quantity as people do.

    >>> _figured(2_500), _figured(1_250_000)
    ('2,5', '1.250')
    """
    whole, rest = divmod(thousandths, 1_000)
    part = f",{rest:03d}".rstrip("0") if rest else ""
    return f"{whole:,}".replace(",", ".") + part


class _Told:
    """The pieces of each note in a language."""

    def __init__(self, of: NoteFacts, language: str) -> None:
        self.of, self.language = of, language

    def say(self, words: str, **facts: Any) -> str:
        said = say(words, self.language)
        return said % facts if facts else said

    def said(self, words: str, **facts: Any) -> Said:
        return Said(self.say(words, **facts) if facts else self.say(words))

    def heads(self, *words: str) -> tuple[str, ...]:
        return tuple(self.say(word) if word else "" for word in words)

    def account(self, row: Account) -> str:
        return row.name_id if self.language == "id" else row.name_en

    def general(self) -> Iterator[Piece]:
        of = self.of
        yield Pairs(
            [
                (self.say(N_("Name")), of.name),
                (self.say(N_("Place")), of.place),
                (self.say(N_("Registration number")), of.registration_no),
                (self.say(N_("Members with a vote")), str(of.voting)),
            ]
        )
        if of.papers:
            rows = [
                [
                    self.say(DOCUMENT_NAMES[each.kind]),
                    f"{each.title} {each.reference}",
                    short_day(each.expires_on) if each.expires_on else "–",
                ]
                for each in of.papers
            ]
            heads = self.heads(N_("Document"), N_("What it says"), N_("Ends on"))
            yield Grid(heads, rows, (34, 44, 22), words=2)

    def basis(self) -> Iterator[Piece]:
        of = self.of
        yield from map(self.said, BASIS)
        yield self.said(
            N_("Loans are classed by %(policy)s; the allowance is that of %(scale)s."),
            policy=self.say(POLICIES[of.now.policy].title),
            scale=self.say(SCALES[of.now.scale].title),
        )
        if of.year == FIRST_SAK_EP:
            yield self.said(
                N_(
                    "%(year)s is the first year under SAK EP (Permenkop 2/2024). The"
                    " opening balances were taken over as they stood; what impairment"
                    " under SAK EP comes to is said beside the allowance."
                ),
                year=of.year,
            )
        elif of.year > FIRST_SAK_EP:
            yield self.said(
                N_("The statements follow SAK EP (Permenkop 2/2024), since %(year)s."),
                year=FIRST_SAK_EP,
            )
        else:
            yield self.said(
                N_("SAK EP is applied from %(year)s on; this year is before it."),
                year=FIRST_SAK_EP,
            )

    def lines(self) -> Iterator[Piece]:
        rows: list[list[Value]] = []
        for name in ("position", "surplus"):
            for row in layout(name):
                held = self.of.behind.get(f"{name}.{row.code}", ())
                if row.kind is not Kind.LINE or not held:
                    continue
                title = Cell(
                    row.name.said(self.language), heads=True, line=(name, row.code)
                )
                rows.append(["", title, None, None])
                rows += [
                    [account.code, self.account(account), amount, before]
                    for account, amount, before in held
                ]
        year = self.of.year
        yield Grid(
            (
                *self.heads(N_("Code"), N_("Account")),
                *(f"{year} (Rp)", f"{year - 1} (Rp)"),
            ),
            *(rows, (14, 46, 20, 20)),
            words=2,
        )

    def assets(self) -> Iterator[Piece]:
        if not self.of.assets:
            yield self.said(N_("There are none."))
            return
        rows: list[list[Value]] = [
            [
                Cell(one.asset.name, self._bought(one)),
                *(one.asset.cost, one.gathered, one.book_value),
            ]
            for one in self.of.assets
        ]
        whole = (
            _sum(one.asset.cost for one in self.of.assets),
            _sum(one.gathered for one in self.of.assets),
            _sum(one.book_value for one in self.of.assets),
        )
        heads = (N_("Asset"), N_("Cost"), N_("Depreciated"), N_("Worth"))
        yield Grid(
            *(self.heads(*heads), rows, (46, 18, 18, 18)),
            total=(self.say(N_("Together")), *whole),
        )

    def _bought(self, one: Worth) -> str:
        day = short_day(one.asset.bought_on)
        if not one.asset.months:
            return self.say(N_("bought on %(day)s"), day=day)
        return self.say(
            N_("bought on %(day)s, %(months)s months"),
            day=day,
            months=one.asset.months,
        )

    def goods(self) -> Iterator[Piece]:
        rows: list[list[Value]] = [
            [
                one.item.name,
                f"{_figured(one.stock.quantity)} {one.item.unit}",
                one.stock.value,
            ]
            for one in self.of.goods
        ]
        heads = self.heads(N_("Item"), N_("In stock"), N_("What it cost"))
        worth = _sum(one.stock.value for one in self.of.goods)
        yield Grid(
            *(heads, rows, (56, 22, 22)),
            total=(self.say(N_("Together")), None, worth),
        )

    def loans(self) -> Iterator[Piece]:
        beside = self.of.sak
        rows: list[list[Value]] = [
            [
                self.say(N_("Allowance in the books")),
                -self.of.told.position.amount("allowance"),
            ],
            [self.say(N_("Allowance by the policy")), beside.policy],
            [self.say(N_("Impairment under SAK EP")), beside.impairment],
            [
                self.say(N_("How much more the policy sets aside")),
                beside.policy - beside.impairment,
            ],
        ]
        yield Grid(("", "Rp"), rows, (70, 30))

    def related(self) -> Iterator[Piece]:
        tied, other = self.of.limits
        yield self.said(
            N_(
                "%(count)s loans to the board, the supervisors and their kin, %(owed)s"
                " in all. A related party may owe %(tied)s percent of own capital,"
                " another member %(other)s percent."
            ),
            count=len(self.of.related),
            owed=rupiah(sum((amount for _, amount in self.of.related), ZERO)),
            tied=tied,
            other=other,
        )

    def shares(self) -> Iterator[Piece]:
        position = self.of.told.position
        yield self.said(
            N_(
                "%(count)s members hold shares: %(principal)s principal and"
                " %(mandatory)s mandatory."
            ),
            count=self.of.held,
            principal=rupiah(position.amount("principal_shares")),
            mandatory=rupiah(position.amount("mandatory_shares")),
        )

    def surplus(self) -> Iterator[Piece]:
        if self.of.dividing is None:
            yield self.said(N_("There is nothing to divide, or nothing is decided."))
            return
        policy, source = self.of.dividing
        parts = policy.of_whole()
        said = ", ".join(
            f"{self.say(POOL_NAMES[pool])} {written(parts[pool])}\N{NO-BREAK SPACE}%"
            for pool in Pool
            if pool in parts
        )
        yield self.said(
            N_("%(parts)s. Written in %(source)s."), parts=said, source=source
        )

    def funds(self) -> Iterator[Piece]:
        rows: list[list[Value]] = [
            [self.account(row), one.opening, one.added, one.used, one.closing]
            for row, one in self.of.funds
        ]
        heads = (N_("Fund"), N_("At the beginning"), N_("Added"), N_("Used"))
        yield Grid(self.heads(*heads, N_("At the end")), rows, (32, 17, 17, 17, 17))
        unnamed = sum((one.unnamed for _, one in self.of.funds), ZERO)
        if unnamed:
            yield self.said(
                N_("%(amount)s was used by vouchers that do not say for whom."),
                amount=rupiah(unnamed),
            )
        if not self.of.fund_uses:
            return
        uses: list[list[Value]] = [
            [
                short_day(one.entry.booked_on),
                f"{self.say(KIND_NAMES[one.use.kind])}: {one.use.whom}",
                one.use.amount,
            ]
            for one in self.of.fund_uses
        ]
        whom = self.heads(N_("Date"), N_("For what, for whom"), "Rp")
        yield Grid(whom, uses, (16, 64, 20), words=2)

    def benefit(self) -> Iterator[Piece]:
        found = self.of.benefit
        rows: list[list[Value]] = []
        for name, one in (
            (N_("Loans: what members paid"), found.loans),
            (N_("Savings: what members got"), found.savings),
        ):
            at = ""
            if one.rate:
                at = self.say(N_("elsewhere %(rate)s percent a year"), rate=one.rate)
            rows.append(
                [
                    Cell(self.say(name), at),
                    one.here,
                    *((one.elsewhere, one.benefit) if one.rate else ("–", "–")),
                ]
            )
        shop = found.shop
        if shop is not None:
            name = self.say(N_("Goods: what members paid"))
            beside = self.say(N_("beside the price for others"))
            rows.append([Cell(name, beside), shop.here, shop.elsewhere, shop.benefit])
        if found.surplus is not None:
            said = self.say(N_("Members' part of the surplus"))
            rows.append([said, None, None, found.surplus])
        heads = ("", N_("Here (Rp)"), N_("Elsewhere (Rp)"), N_("Better off by (Rp)"))
        together = (self.say(N_("Together")), None, None, found.total)
        yield Grid(self.heads(*heads), rows, (46, 18, 18, 18), total=together)
        if shop is not None and shop.until is not None:
            yield self.said(
                N_(
                    "Sales to members without a price for others: %(count)s, the last"
                    " on %(day)s. They are not in it."
                ),
                count=shop.unknown,
                day=short_day(shop.until),
            )
        if not (found.loans.rate and found.savings.rate):
            yield self.said(
                N_(
                    "Where nobody wrote down what others ask or pay, nothing is"
                    " compared."
                )
            )

    def restated(self) -> Iterator[Piece]:
        told = self.of.told
        found = {
            one.number: one for one in (*told.position.restated, *told.surplus.restated)
        }
        if not found:
            yield self.said(N_("They are those that were shown a year ago."))
            return
        yield self.said(
            N_(
                "They are restated: they differ from those the members approved by"
                " these corrections, booked since."
            )
        )
        rows = [
            [str(one.number), str(one.year), one.finding]
            for _, one in sorted(found.items())
        ]
        heads = self.heads(N_("Number"), N_("Year"), N_("What was found"))
        yield Grid(heads, rows, (12, 12, 76), words=3)

    def claims(self) -> Iterator[Piece]:
        if self.of.claims <= ZERO:
            yield self.said(N_("There are none."))
            return
        yield self.said(
            N_("%(amount)s of principal, kept in the memorandum accounts."),
            amount=rupiah(self.of.claims),
        )

    def events(self) -> Iterator[Piece]:
        if self.of.written:
            yield Prose(self.of.written)
        else:
            yield self.said(N_("Nothing was written for this chapter."))


PARTS: tuple[tuple[str, str, Callable[[_Told], Iterator[Piece]]], ...] = (
    ("general", N_("About the cooperative"), _Told.general),
    ("basis", N_("What the statements rest on"), _Told.basis),
    ("lines", N_("Every line, by account"), _Told.lines),
    ("assets", N_("Fixed assets"), _Told.assets),
    ("goods", N_("Goods in stock"), _Told.goods),
    ("loans", N_("Allowance, and impairment under SAK EP"), _Told.loans),
    ("related", N_("Loans to related parties"), _Told.related),
    ("shares", N_("Members' shares"), _Told.shares),
    ("surplus", N_("How the surplus is divided"), _Told.surplus),
    ("funds", N_("Funds of the surplus, and for whom"), _Told.funds),
    ("benefit", N_("What membership was worth (PEA)"), _Told.benefit),
    ("restated", N_("Figures of the year before"), _Told.restated),
    ("claims", N_("Loans written off and still claimed"), _Told.claims),
    ("events", N_("Events after the year, and what may still come"), _Told.events),
)
