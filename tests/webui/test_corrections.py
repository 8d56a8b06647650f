"""An auditor's list is entered, the bookkeeper books; lines and funds have pages."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import corrections, funds, ledger, statements, yearend
from coopbook.ledger import AccountType, chart
from coopbook.money import Money
from coopbook.people import Role
from tests.coopbook.yearend.years import decided
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_annual import READ, year
from tests.webui.test_counter_savings import in_english
from tests.webui.test_policy import only

BILL = {
    "memo": "Tagihan listrik Desember",
    "rows-0-account": "52009 Listrik",
    "rows-0-debit": "20.000",
    "rows-1-account": "21303",
    "rows-1-credit": "20.000",
}
LIST = "/year/2026/corrections"


def test_the_supervisors_enter_what_the_auditor_found_and_the_bookkeeper_books(
    later: Desks,
) -> None:
    year(later.coop, closed=True)
    with later.coop.open() as book:
        decision = decided(book, on=date(2027, 3, 20), title="Pengesahan 2026")
        yearend.approve_year(book, 2026, decision)
    in_english(later, "sari")
    assert "Nothing was proposed for 2026." in plain(later.get(LIST))
    seen = later.send(f"{LIST}/new", **BILL)
    assert "gets a correction of Rp 20.000" in plain(seen)
    later.post(f"{LIST}/new", **BILL)
    page = plain(later.get(LIST))
    assert "1. Tagihan listrik Desember" in page
    assert "proposed on 22 March 2027 by sari" in page
    assert "Book it" not in page

    in_english(later, "yanti")
    assert "Book it" in plain(later.get(LIST))
    booking = f"{LIST}/1/book"
    assert "The members approved 2026" in plain(later.get(booking))
    assert "34004" in plain(later.send(booking, on="22/03/2027"))
    later.post(booking, on="22/03/2027")
    assert "booked" in plain(later.get(LIST))
    again = later.send(booking, on="22/03/2027")
    assert again.status_code == 422
    assert "already decided on" in plain(again)

    shown = later.get("/year/2027/statements/surplus")
    assert "restated" in plain(shown)
    assert "correction 1 of 2026" in plain(shown)
    assert f'href="{LIST}"' in shown.text
    equity = plain(later.get("/year/2027/statements/equity"))
    assert "Corrections of earlier years" in equity
    own = plain(later.get("/year/2026/statements/surplus"))
    assert "restated" not in own


def test_what_is_declined_stays_on_the_list_with_its_reason(later: Desks) -> None:
    year(later.coop)
    in_english(later, "sari")
    later.post(f"{LIST}/new", **BILL)
    in_english(later, "budi")
    assert later.send(f"{LIST}/1/decline", reason="").status_code == 422
    later.post(f"{LIST}/1/decline", reason="Sudah dibayar di Januari")
    page = plain(later.get(LIST))
    assert "declined" in page
    assert "Sudah dibayar di Januari" in page


def test_sent_twice_it_is_on_the_list_once(later: Desks) -> None:
    year(later.coop)
    in_english(later, "sari")
    checked = later.send(f"{LIST}/new", **BILL)
    data = hidden_fields(checked.text) | BILL
    for _ in range(2):
        later.client.post(f"{LIST}/new", data=data)
    with later.coop.open() as book:
        assert len(corrections.adjustments(book)) == 1


def test_lines_that_do_not_balance_are_said(later: Desks) -> None:
    year(later.coop)
    in_english(later, "sari")
    wrong = later.send(f"{LIST}/new", **(BILL | {"rows-1-credit": "19.000"}))
    assert wrong.status_code == 422
    assert "must be equal" in plain(wrong)
    cash = later.send(f"{LIST}/new", **(BILL | {"rows-1-account": "11102"}))
    assert "is not adjusted here" in plain(cash)
    assert later.get(f"{LIST}/7/book").status_code == 403
    in_english(later, "yanti")
    assert later.get(f"{LIST}/7/book").status_code == 404


def test_a_year_of_another_address_has_no_such_correction(later: Desks) -> None:
    year(later.coop)
    in_english(later, "sari")
    later.post(f"{LIST}/new", **BILL)
    in_english(later, "yanti")
    assert later.get("/year/2027/corrections/1/book").status_code == 404


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        (LIST, READ),
        (f"{LIST}/new", (Role.MANAGER, Role.SUPERVISOR)),
        ("/year/lines", READ),
        ("/year/lines/52009", (Role.BOOKKEEPER,)),
        ("/funds", READ),
        ("/funds/use", (Role.TREASURER, Role.BOOKKEEPER)),
    ],
)
def test_who_may(later: Desks, path: str, roles: tuple[Role, ...]) -> None:
    for role in Role:
        later.log_in(only(later.coop, role))
        wanted = 200 if role in roles else 403
        if role is not Role.MEMBER:
            assert later.get(path).status_code == wanted, role


def test_an_account_gets_another_line_at_the_desk(later: Desks) -> None:
    year(later.coop)
    with later.coop.open() as book:
        own = ledger.add_account(
            *(book, "52888"),
            name_id="Iuran dusun",
            name_en="Hamlet dues",
            account_type=AccountType.EXPENSE,
        ).number
    in_english(later, "yanti")
    page = plain(later.get("/year/lines"))
    assert "52888 Hamlet dues General and administrative expenses" in page
    wrong = later.send(f"/year/lines/{own}", line="cash")
    assert wrong.status_code == 422
    seen = later.send(f"/year/lines/{own}", line="cooperative")
    assert "earlier years as well" in plain(seen)
    later.post(f"/year/lines/{own}", line="cooperative")
    page = plain(later.get("/year/lines"))
    assert "52888 Hamlet dues Cooperative expenses ○ your choice" in page
    later.post(f"/year/lines/{own}", line="")
    with later.coop.open() as book:
        assert statements.lines_given(book) == {}
    assert later.get("/year/lines/1").status_code == 404


def test_a_fund_is_used_for_somebody_at_the_desk(later: Desks) -> None:
    year(later.coop)
    with later.coop.open() as book:
        lines = [
            ledger.debit(chart.TELLER_CASH, Money(90_000)),
            ledger.credit(chart.SOCIAL_FUND, Money(90_000)),
        ]
        ledger.post(book, on=date(2027, 3, 1), memo="bagian SHU", lines=lines)
    in_english(later, "yanti")
    assert "Nothing was used in 2027." in plain(later.get("/funds"))
    asked = {
        "kind": "gathering",
        "amount": "60.000",
        "whom": "takjil warga",
        "paid_from": str(chart.TELLER_CASH),
        "decision": "",
        "on": "22/03/2027",
    }
    much = later.send("/funds/use", **(asked | {"amount": "95.000"}))
    assert much.status_code == 422
    assert "holds Rp 90.000 at its least" in plain(much)
    ill = later.send("/funds/use", **(asked | {"kind": "relief_illness"}))
    assert "Name the member" in plain(ill)
    seen = later.send("/funds/use", **asked)
    assert "Gathering or gift of the cooperative, takjil warga" in plain(seen)
    later.post("/funds/use", **asked)
    page = plain(later.get("/funds"))
    assert "Gathering or gift of the cooperative: takjil warga" in page
    assert "without a name" not in page
    with later.coop.open() as book:
        (one,) = funds.uses(book)
        assert one.use.amount == Money(60_000)
    assert "Nothing was used in 2026." in plain(later.get("/funds?year=2026"))
    assert later.get("/funds?year=1999").status_code == 200
