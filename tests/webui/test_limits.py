"""What one person must not do alone, and addresses that are not ours."""

from __future__ import annotations

import threading

import pytest

from coopbook import ledger, members, proxies, savings
from coopbook.cooperatives import set_setting
from coopbook.ledger import credit, debit
from coopbook.members import Relation
from coopbook.money import Money
from coopbook.people import approvals
from coopbook.proxies import ProxyKind
from tests.conftest import PASSWORD, TODAY
from tests.webui.conftest import Desks, hidden_fields
from webui.wording import Unreadable, read_money

DAY = {"on": TODAY.strftime("%d/%m/%Y")}


def rich(desks: Desks) -> int:
    """Lend the cooperative nine million, and save nine for Siti; return the entry."""
    with desks.coop.open("tono") as book:
        borrowed = ledger.post(
            book,
            on=TODAY,
            memo="Pinjaman bank",
            lines=[debit(11102, Money(9_000_000)), credit(22001, Money(9_000_000))],
            kind=ledger.VoucherKind.BKM,
            source="voucher.borrow",
        ).number
        savings.deposit(book, savings.account(book, 2), Money(9_000_000), on=TODAY)
    return borrowed


def held(desks: Desks) -> Money:
    with desks.coop.read() as book:
        return savings.balance(book, savings.account(book, 2))


def test_a_teller_does_not_reverse_what_the_treasurer_posted(desks: Desks) -> None:
    number = rich(desks)

    desks.log_in("rina")
    assert desks.get(f"/vouchers/{number}/reversal").status_code == 403
    desks.log_in("tono")
    assert desks.get(f"/vouchers/{number}/reversal").status_code == 200


def test_a_large_payout_waits_for_the_manager(desks: Desks) -> None:
    rich(desks)
    desks.log_in("rina")
    answer = desks.post("/counter/1/withdrawal", **DAY, account="2", amount="6.000.000")
    assert answer.status_code == 302
    assert held(desks) == Money(9_100_000)

    desks.log_in("budi")
    assert "Siti Aminah" in desks.text("/approvals")
    shown = desks.text("/approvals/1")
    assert "Rp 6.000.000" in shown
    desks.client.post("/approvals/1/approve", data=hidden_fields(shown))

    assert held(desks) == Money(3_100_000)


def test_whoever_approves_much_cash_is_told_that_it_is_to_be_reported(
    desks: Desks,
) -> None:
    rich(desks)
    with desks.coop.open("budi") as book:
        set_setting(
            book, "cash_report_threshold", 5_000_000, valid_from=TODAY, source="UU 8"
        )
        harun = proxies.enter_proxy(
            *(book, members.member(book, 1), "Harun Wijaya"),
            kind=ProxyKind.POWER,
            relation=Relation.SPOUSE,
            accounts=[2],
            on=TODAY,
            valid_until=TODAY.replace(month=12),
            monthly_limit=Money(7_000_000),
        )
        book.actor = "rina"
        account = savings.account(book, 2)
        savings.withdraw_or_ask(book, account, Money(6_000_000), on=TODAY, proxy=harun)

    desks.log_in("budi")
    shown = desks.text("/approvals/1")
    assert "Harun Wijaya" in shown
    desks.client.post("/approvals/1/approve", data=hidden_fields(shown))

    assert "UU 8" in desks.text("/approvals/1")


def test_a_large_reversal_waits_for_the_manager(desks: Desks) -> None:
    rich(desks)
    with desks.coop.read() as book:
        number = ledger.entries(book, limit=1).rows[0].number
    desks.log_in("rina")
    answer = desks.post(f"/vouchers/{number}/reversal", **DAY, reason="salah ketik")

    assert answer.status_code == 302
    assert held(desks) == Money(9_100_000)
    with desks.coop.read() as book:
        assert [row.kind for row in approvals.inbox(book)] == ["ledger.reversal"]


@pytest.mark.parametrize("key", ["", "x", "k" * 65, "a b" * 10, "é" * 20])
def test_a_money_form_without_its_key_posts_nothing(desks: Desks, key: str) -> None:
    desks.log_in("rina")
    before = held(desks)
    typed = {**DAY, "account": "2", "amount": "5.000"}
    shown = hidden_fields(desks.send("/counter/1/deposit", **typed).text)

    answer = desks.client.post(
        "/counter/1/deposit", data={**shown, **typed, "key": key}
    )

    assert answer.status_code in (400, 200), "refused, or shown once more"
    assert b"/receipts/" not in answer.data
    assert held(desks) == before


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "/\t/evil.example", "/\\evil.example", "/a\nb", "http://x"],
)
def test_log_in_and_language_lead_to_our_own_pages(desks: Desks, back: str) -> None:
    asked = {"cooperative": desks.coop.number, "name": "rina", "password": PASSWORD}
    client = desks.app.test_client()

    answer = client.post(
        "/login", data={**asked, "back": back}, query_string={"back": back}
    )
    spoken = client.post("/language", data={"language": "en", "back": back})

    for one in (answer, spoken):
        assert one.status_code == 302
        assert one.headers["Location"] == "/"


@pytest.mark.parametrize("text", ["250,000", "1,000", "100,0000", "5,000", "1.250,500"])
def test_a_comma_before_three_noughts_is_not_guessed_at(text: str) -> None:
    with pytest.raises(Unreadable):
        read_money(text, "id")
    assert read_money("250.000,00", "id") == Money(250_000)


def test_a_burst_of_wrong_tries_does_not_open_the_lock(desks: Desks) -> None:
    store = desks.app.extensions["desk_store"]

    def guess() -> None:
        store.count_wrong("account:burst", allowed=5)

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.locked_until("account:burst") > store.now()
