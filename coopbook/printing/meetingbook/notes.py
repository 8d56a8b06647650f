"""The notes to the statements (*CALK*): what they rest on, every line broken down."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Paragraph

from coopbook.baddebts import POLICIES, SCALES
from coopbook.decisions.rules import DOCUMENT_NAMES
from coopbook.funds import KIND_NAMES
from coopbook.i18n import N_, say
from coopbook.money import ZERO
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet
from coopbook.printing.loan_sheet import cell, pairs, plain
from coopbook.printing.meetingbook.business import Chapters
from coopbook.printing.meetingbook.facts import related_count
from coopbook.printing.statement_tables import PART, widths
from coopbook.statements import Kind, layout
from coopbook.surplus import POOL_NAMES, Pool
from coopbook.surplus.rules import written
from coopbook.yearend import TextSubject

FIRST_SAK_EP = 2025
"""Savings-and-loan cooperatives apply SAK EP from this business year on.

Source: Permenkop 2/2024 articles 4 and 13, read in a secondary source.
"""

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
ACCOUNT_WIDTHS = widths(14, 46, 20, 20)
FUND_WIDTHS = widths(32, 17, 17, 17, 17)
USE_WIDTHS = widths(16, 64, 20)
RESTATED_WIDTHS = widths(12, 12, 76)


class Notes(Chapters):
    """The chapter of notes."""

    def notes(self, number: int) -> Iterator[Flowable]:
        """Hand out the notes, numbered under their chapter."""
        yield from self.begin(number, N_("Notes to the statements"))
        parts = (
            *(self._general, self._basis, self._lines, self._loans, self._related),
            *(self._shares, self._surplus, self._funds, self._benefit),
            *(self._restated, self._claims, self._events),
        )
        for place, part in enumerate(parts, start=1):
            yield from part(f"{number}.{place}")

    def _titled(self, number: str, words: str) -> Paragraph:
        return Paragraph(f"{number} {self.say(words)}", PART)

    def _general(self, number: str) -> Iterator[Flowable]:
        of = self.of
        yield self._titled(number, N_("About the cooperative"))
        rows = [
            (self.say(N_("Name")), plain(of.issuer.name)),
            (self.say(N_("Place")), plain(of.issuer.place)),
            (self.say(N_("Registration number")), plain(of.issuer.registration_no)),
            (self.say(N_("Members with a vote")), str(of.movement.end)),
        ]
        yield pairs(rows)
        if of.papers:
            papers = [
                [
                    self.say(DOCUMENT_NAMES[each.kind]),
                    cell(f"{each.title} {each.reference}", widths(34, 44, 22)[1]),
                    loan_sheet.short_day(each.expires_on) if each.expires_on else "–",
                ]
                for each in of.papers
            ]
            heads = [N_("Paper"), N_("What it says"), N_("Ends on")]
            yield self.table(heads, papers, widths(34, 44, 22), words=2)

    def _basis(self, number: str) -> Iterator[Flowable]:
        now = self.of.now
        yield self._titled(number, N_("What the statements rest on"))
        for words in BASIS:
            yield self.sentence(words)
        policy = POLICIES[now.policy]
        scale = SCALES[now.scale]
        yield self.sentence(
            N_("Loans are classed by %(policy)s; the allowance is that of %(scale)s."),
            policy=say(policy.title, self.language),
            scale=say(scale.title, self.language),
        )
        if self.of.year == FIRST_SAK_EP:
            yield self.sentence(
                N_(
                    "%(year)s is the first year under SAK EP (Permenkop 2/2024). The"
                    " opening balances were taken over as they stood; what impairment"
                    " under SAK EP comes to is said beside the allowance."
                ),
                year=self.of.year,
            )
        elif self.of.year > FIRST_SAK_EP:
            yield self.sentence(
                N_("The statements follow SAK EP (Permenkop 2/2024), since %(year)s."),
                year=FIRST_SAK_EP,
            )
        else:
            yield self.sentence(
                N_("SAK EP is applied from %(year)s on; this year is before it."),
                year=FIRST_SAK_EP,
            )

    def _lines(self, number: str) -> Iterator[Flowable]:
        yield self._titled(number, N_("Every line, by account"))
        rows = []
        for name in ("position", "surplus"):
            for row in layout(name):
                held = self.of.behind.get(f"{name}.{row.code}", ())
                if row.kind is not Kind.LINE or not held:
                    continue
                title = plain(row.name.said(self.language))
                rows.append(["", Paragraph(f"<b>{title}</b>", loan_sheet.CELL), "", ""])
                rows += [
                    [
                        account.code,
                        cell(
                            account.name_id
                            if self.language == "id"
                            else account.name_en,
                            ACCOUNT_WIDTHS[1],
                        ),
                        in_figures(amount),
                        in_figures(before),
                    ]
                    for account, amount, before in held
                ]
        year = self.of.year
        heads = [N_("Code"), N_("Account"), f"{year} (Rp)", f"{year - 1} (Rp)"]
        titles = [place for place, row in enumerate(rows, start=1) if not row[0]]
        kept = [("NOSPLIT", (0, place), (-1, place + 1)) for place in titles]
        said = [say(head, self.language) for head in heads]
        yield loan_sheet.figures(said, rows, ACCOUNT_WIDTHS, words=2, styled=kept)

    def _loans(self, number: str) -> Iterator[Flowable]:
        beside = self.of.sak
        yield self._titled(number, N_("Allowance, and impairment under SAK EP"))
        rows = [
            [self.say(N_("Allowance by the policy")), in_figures(beside.policy)],
            [self.say(N_("Impairment under SAK EP")), in_figures(beside.impairment)],
            [
                self.say(N_("How much more the policy sets aside")),
                in_figures(beside.policy - beside.impairment),
            ],
        ]
        yield self.table(["", "Rp"], rows, widths(70, 30))

    def _related(self, number: str) -> Iterator[Flowable]:
        count, owed = related_count(self.of.related)
        tied, other = self.of.limits
        yield self._titled(number, N_("Loans to related parties"))
        yield self.sentence(
            N_(
                "%(count)s loans to the board, the supervisors and their kin, %(owed)s"
                " in all. A related party may owe %(tied)s percent of own capital,"
                " another member %(other)s percent."
            ),
            count=count,
            owed=loan_sheet.money(owed),
            tied=tied,
            other=other,
        )

    def _shares(self, number: str) -> Iterator[Flowable]:
        position = self.of.told.position
        yield self._titled(number, N_("Members' shares"))
        yield self.sentence(
            N_(
                "%(count)s members hold shares: %(principal)s principal and"
                " %(mandatory)s mandatory."
            ),
            count=self.of.held,
            principal=loan_sheet.money(position.amount("principal_shares")),
            mandatory=loan_sheet.money(position.amount("mandatory_shares")),
        )

    def _surplus(self, number: str) -> Iterator[Flowable]:
        division = self.of.division
        yield self._titled(number, N_("How the surplus is divided"))
        if division is None:
            yield self.sentence(
                N_("There is nothing to divide, or nothing is decided.")
            )
            return
        parts = division.policy.of_whole()
        said = ", ".join(
            f"{self.say(POOL_NAMES[pool])} {written(parts[pool])}\N{NO-BREAK SPACE}%"
            for pool in Pool
            if pool in parts
        )
        yield self.sentence(
            N_("%(parts)s. Written in %(source)s."), parts=said, source=division.source
        )

    def _funds(self, number: str) -> Iterator[Flowable]:
        yield self._titled(number, N_("Funds of the surplus, and for whom"))
        rows = [
            [
                cell(
                    row.name_id if self.language == "id" else row.name_en,
                    FUND_WIDTHS[0],
                ),
                *map(in_figures, (one.opening, one.added, one.used, one.closing)),
            ]
            for row, one in self.of.funds
        ]
        heads = [N_("Fund"), N_("At the beginning"), N_("Added"), N_("Used")]
        yield self.table([*heads, N_("At the end")], rows, FUND_WIDTHS)
        unnamed = sum((one.unnamed for _, one in self.of.funds), ZERO)
        if unnamed:
            yield self.sentence(
                N_("%(amount)s was used by vouchers that do not say for whom."),
                amount=loan_sheet.money(unnamed),
            )
        if not self.of.fund_uses:
            return
        uses = [
            [
                loan_sheet.short_day(one.entry.booked_on),
                cell(
                    f"{self.say(KIND_NAMES[one.use.kind])}: {one.use.whom}",
                    USE_WIDTHS[1],
                ),
                in_figures(one.use.amount),
            ]
            for one in self.of.fund_uses
        ]
        yield self.table(
            [N_("Date"), N_("For what, for whom"), "Rp"], uses, USE_WIDTHS, words=2
        )

    def _benefit(self, number: str) -> Iterator[Flowable]:
        found = self.of.benefit
        yield self._titled(number, N_("What membership was worth (PEA)"))
        rows = []
        for name, one in (
            (N_("Loans: what members paid"), found.loans),
            (N_("Savings: what members got"), found.savings),
        ):
            told = self.say(name)
            if one.rate:
                at = self.say(N_("elsewhere %(rate)s percent a year"), rate=one.rate)
                told += f"<br/><font size=7>{at}</font>"
            rows.append(
                [
                    Paragraph(told, loan_sheet.CELL),
                    in_figures(one.here),
                    in_figures(one.elsewhere) if one.rate else "\u2013",
                    in_figures(one.benefit) if one.rate else "\u2013",
                ]
            )
        shop = found.shop
        if shop is not None:
            said = self.say(N_("Goods: what members paid"))
            beside = self.say(N_("beside the price for others"))
            rows.append(
                [
                    Paragraph(
                        f"{said}<br/><font size=7>{beside}</font>", loan_sheet.CELL
                    ),
                    *map(in_figures, (shop.here, shop.elsewhere, shop.benefit)),
                ]
            )
        if found.surplus is not None:
            said = self.say(N_("Members' part of the surplus"))
            rows.append([said, "", "", in_figures(found.surplus)])
        together = [self.say(N_("Together")), "", "", in_figures(found.total)]
        heads = ["", N_("Here (Rp)"), N_("Elsewhere (Rp)"), N_("Better off by (Rp)")]
        yield self.table(heads, rows, widths(46, 18, 18, 18), total=together)
        if shop is not None and shop.until is not None:
            yield self.sentence(
                N_(
                    "Sales to members without a price for others: %(count)s, the last"
                    " on %(day)s. They are not in it."
                ),
                count=shop.unknown,
                day=loan_sheet.short_day(shop.until),
            )
        if not (found.loans.rate and found.savings.rate):
            yield self.sentence(
                N_(
                    "Where nobody wrote down what others ask or pay, nothing is"
                    " compared."
                )
            )

    def _restated(self, number: str) -> Iterator[Flowable]:
        yield self._titled(number, N_("Figures of the year before"))
        told = self.of.told
        found = {
            one.number: one for one in (*told.position.restated, *told.surplus.restated)
        }
        if not found:
            yield self.sentence(N_("They are those that were shown a year ago."))
            return
        yield self.sentence(
            N_(
                "They are restated: they differ from those the members approved by"
                " these corrections, booked since."
            )
        )
        rows = [
            [str(one.number), str(one.year), cell(one.finding, RESTATED_WIDTHS[2])]
            for _, one in sorted(found.items())
        ]
        heads = [N_("Number"), N_("Year"), N_("What was found")]
        yield self.table(heads, rows, RESTATED_WIDTHS, words=3)

    def _claims(self, number: str) -> Iterator[Flowable]:
        yield self._titled(number, N_("Loans written off and still claimed"))
        if self.of.claims <= ZERO:
            yield self.sentence(N_("There are none."))
            return
        yield self.sentence(
            N_("%(amount)s of principal, kept in the memorandum accounts."),
            amount=loan_sheet.money(self.of.claims),
        )

    def _events(self, number: str) -> Iterator[Flowable]:
        yield self._titled(number, N_("Events after the year, and what may still come"))
        yield from self.written(TextSubject.NOTES)
