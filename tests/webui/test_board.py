"""The board's first page: what falls due, what is late, what is at risk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import baddebts, loans
from coopbook.baddebts import daily
from coopbook.cli import risk
from coopbook.cooperatives import settings
from coopbook.dates import months_after
from coopbook.money import Money
from coopbook.people import Role
from tests.conftest import FIRST_DAY, TODAY, Coop
from tests.coopbook.baddebts.test_assessing import replace_whole
from tests.coopbook.rounds.neighbours import furnish_street, lend
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import in_english
from tests.webui.test_policy import only


def free(book) -> None:
    """Let nobody be kept from borrowing by share arrears."""
    settings(book, "share_arrears_to_borrow")[-1].value = "99"
    book.session.flush()


def village(coop: Coop) -> None:
    """Lend four: late since February, late since a week, due today, paid to the day."""
    with coop.open() as book:
        free(book)
        people = furnish_street(book)
        begun = (
            *(FIRST_DAY, TODAY - timedelta(days=35)),
            *(months_after(TODAY, -1), months_after(TODAY, -1)),
        )
        lent = [lend(book, who, on=on) for who, on in zip(people, begun, strict=True)]
        (row, *_) = loans.schedule_of(book, lent[3])
        loans.repay(book, lent[3], row.total, on=TODAY)


def figures(desks: Desks) -> str:
    page = plain(desks.get("/"))
    return page.split("Loans to look after")[1].split("Latest vouchers")[0]


def test_nothing_lent_is_said_in_a_sentence(desks: Desks) -> None:
    in_english(desks, "budi")
    assert "No loan runs today." in figures(desks)
    assert "PAR30" not in figures(desks)


@pytest.mark.parametrize("classed", [None, 0, 5])
def test_the_first_page_says_what_falls_due_and_what_is_late(
    desks: Desks, classed: int | None
) -> None:
    village(desks.coop)
    if classed is not None:
        with desks.coop.open() as book:
            daily.class_loans(book, FIRST_DAY)
            daily.class_loans(book, TODAY - timedelta(days=classed))
    with desks.coop.read() as book:
        now, end = baddebts.assess(book, TODAY), TODAY.replace(day=1)
        then = baddebts.assess(book, end - timedelta(days=1)).at_risk(30)
        rows = {each.loan.number: each for each in now.rows}
        assert [each.days for each in now.rows] == [43, 7, 0, 0]
        due = next(
            row for row in rows[3].standing.strip if row.due_on == TODAY
        ).left.units
        late = sum(each.standing.arrears.units for each in now.rows)
        share = float(now.at_risk(30).share) * 100
    in_english(desks, "budi")
    said = figures(desks)
    assert f"Falls due today Rp {due:,} 1 loan".replace(",", ".") in said
    assert f"Late Rp {late:,} 2 loans".replace(",", ".") in said
    assert f"late {share:.2f}% of what is owed".replace(".", ",") in said
    assert "28/02/2026: 0,00%" in said
    assert then.count == 0
    page = desks.text("/")
    for link in ("/loans/due", "/loans/bad/list?days=0", "/loans/bad/list?days=30"):
        assert f'href="{link}"' in page
    assert "2 loans" in plain(desks.get("/loans/bad/list?days=0"))
    assert "1 loan," in plain(desks.get("/loans/bad/list?days=30"))
    assert len(desks.get("/").data) <= 20_000


def test_one_loan_at_risk_at_the_last_month_end_is_the_trend(desks: Desks) -> None:
    with desks.coop.open() as book:
        free(book)
        lend(book, furnish_street(book)[0], term=2, on=FIRST_DAY)
    with desks.coop.read() as book:
        (row,) = baddebts.assess(book, TODAY).rows
        assert row.days == 43
    in_english(desks, "sari")
    assert "100,00% of what is owed; 28/02/2026: 0,00%" in figures(desks)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR])
def test_every_link_of_the_figures_opens(desks: Desks, role: Role) -> None:
    village(desks.coop)
    in_english(desks, only(desks.coop, role))
    page = desks.text("/").split("Loans to look after")[1].split("Latest")[0]
    found = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert len(found) == 3
    for link in found:
        assert desks.get(link).status_code == 200, link


def test_a_restructured_loan_is_at_risk_everywhere_the_same(desks: Desks) -> None:
    with desks.coop.open() as book:
        free(book)
        people = furnish_street(book)
        old, _other = (lend(book, who, on=FIRST_DAY) for who in people[:2])
        young = lend(book, people[2], 600_000, on=TODAY)
        new = replace_whole(book, old, TODAY)
        loans.repay(book, _other, Money(400_000), on=TODAY)
        numbers = (new.number, young.number)
    with desks.coop.read() as book:
        parts, totals = risk.rows_of(book, "par", TODAY)
        rows, whole = risk.rows_of(book, "portfolio", TODAY)
        standing = loans.standing(book, loans.loan(book, numbers[0]), TODAY)
    (at_30,) = (row for row in parts if row["days"] == 30)
    days = {row["loan"]: row["days"] for row in rows}
    assert standing.days_past_due == 0
    assert days[numbers[0]] == 43
    assert days[numbers[1]] == 0
    assert whole["par30"] == at_30["percent"] != "0.00"
    assert whole["outstanding"] == totals["outstanding"]
    said = at_30["percent"].replace(".", ",") + "%"
    in_english(desks, "budi")
    assert f"30 days late {said}" in figures(desks)
    assert f"30 days late {at_30['loans']} " in plain(desks.get("/loans/bad"))
    assert f" {said} 60 days late" in plain(desks.get("/loans/bad"))
