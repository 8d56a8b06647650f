"""The desks book today and a few days back, never ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import ledger, loans, members, savings
from coopbook.cooperatives import set_setting
from coopbook.ledger import credit, debit
from coopbook.money import Money
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, TODAY, Coop, as_
from tests.webui.conftest import Desks, plain
from webui.wording import day

CASH = {"amount": "10000"}
FORMS = {
    "deposit": ("rina", "/counter/1/deposit", {"account": 2, **CASH}),
    "withdrawal": ("rina", "/counter/1/withdrawal", {"account": 2, **CASH}),
    "installment": ("rina", "/counter/1/installment", {"loan": 1, **CASH}),
    "disbursement": ("rina", "/loans/2/disbursement", {}),
    "voucher": (
        *("tono", "/vouchers/new/expense"),
        {"memo": "Listrik", "debit": 52008, "credit": 11102, **CASH},
    ),
    "journal": (
        *("yanti", "/vouchers/journal"),
        {
            "memo": "Koreksi",
            "rows-0-account": "52008",
            "rows-0-debit": "7000",
            "rows-1-account": "11102",
            "rows-1-credit": "7000",
        },
    ),
    "reversal": ("rina", "/vouchers/{last}/reversal", {"reason": "Salah"}),
    "application": (
        *("dewi", "/members/1/loans/new"),
        {"product": "productive", "amount": "2000000", "term": "10", "purpose": "x"},
    ),
}


def furnished(coop: Coop) -> int:
    """Give the cooperative cash, a running loan (1), an approved one (2).

    Returns the number of an entry of a week and a day ago.
    """
    lines = [debit(11102, Money(40_000_000)), credit(33002, Money(40_000_000))]
    with coop.open() as book:
        ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
        siti, product = members.member(book, 1), loans.product(book, "productive")
        for number in (1, 2):
            with as_(book, "dewi"):
                loan = loans.apply(
                    *(book, siti, product, Money(3_000_000)),
                    term=10,
                    purpose="Warung",
                    on=TODAY - timedelta(days=9),
                )
            with as_(book, "budi"):
                asked = approvals.inbox(book)[0]
                approvals.approve(book, asked.number, digest=asked.digest)
            if number == 1:
                loans.disburse(book, loan, on=TODAY - timedelta(days=9))
        voluntary = savings.account(book, 2)
        last = savings.deposit(
            *(book, voluntary, Money(5_000)), on=TODAY - timedelta(days=8)
        )
        return last.number


@pytest.mark.parametrize("form", FORMS)
def test_a_day_too_far_back_or_ahead_is_refused_beside_its_field(
    desks: Desks, form: str
) -> None:
    last = furnished(desks.coop)
    name, path, asked = FORMS[form]
    desks.log_in(name)
    path = path.format(last=last)
    earliest = "09/03/2026"

    for away in (-8, 1):
        typed = day(TODAY + timedelta(days=away))
        refused = desks.send(path, **asked, on=typed)
        assert refused.status_code == 422, (form, typed)
        assert earliest in plain(refused)
        assert "16/03/2026" in plain(refused)
        beside = refused.text.split('id="on-refused"')[1][:200]
        assert earliest in beside, form
    for away in (-7, 0):
        typed = day(TODAY + timedelta(days=away))
        shown = desks.send(path, **asked, on=typed)
        assert shown.status_code == 200, (form, typed, plain(shown))


def test_a_form_checked_yesterday_is_judged_by_its_day_again(desks: Desks) -> None:
    from tests.webui.conftest import hidden_fields

    desks.log_in("rina")
    asked = {"account": 2, **CASH, "on": "09/03/2026"}
    shown = desks.send("/counter/1/deposit", **asked)
    desks.app.config["TODAY"] = TODAY + timedelta(days=1)
    try:
        late = desks.client.post(
            "/counter/1/deposit", data=hidden_fields(shown.text) | asked
        )
    finally:
        desks.app.config["TODAY"] = TODAY
    assert late.status_code == 422


def test_the_cooperative_decides_how_far_back(desks: Desks) -> None:
    with desks.coop.open("budi") as book:
        set_setting(
            *(book, "backdating_days", 0), valid_from=TODAY, source="rapat anggota"
        )
    desks.log_in("rina")
    asked = {"account": 2, **CASH}
    assert desks.send("/counter/1/deposit", **asked, on="15/03/2026").status_code == 422
    assert desks.send("/counter/1/deposit", **asked, on="16/03/2026").status_code == 200


def test_an_account_may_be_opened_as_the_paper_says(desks: Desks) -> None:
    desks.log_in("rina")
    shown = desks.send("/members/2/savings/new", product="principal", on=day(FIRST_DAY))
    assert shown.status_code == 200
