"""Savings at the counter: months, payers, proxies, transfers, remittances, orders."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from coopbook import ledger, members, proxies, savings
from coopbook.cooperatives import set_setting
from coopbook.money import Money
from coopbook.people import Role
from coopbook.proxies import ProxyKind
from tests.conftest import FIRST_DAY, TODAY, Coop
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.filling import fill_members
from tests.webui.test_policy import only
from webui.wording import day

ON = day(TODAY)
VOLUNTARY = 2


def share_of(coop: Coop, number: int = 1, *, paid: int = 0) -> int:
    """Open a mandatory share, pay a little of it, and return its number."""
    with coop.open() as book:
        who = members.member(book, number)
        account = savings.open_account(book, who, savings.product(book, "mandatory"))
        if paid:
            savings.deposit(book, account, Money(paid), on=TODAY)
        return account.number


def joined(coop: Coop) -> int:
    """Make Ani a member with voluntary savings; return their number."""
    with coop.open() as book:
        ani = members.member(book, 2)
        principal = savings.open_account(book, ani, savings.product(book, "principal"))
        savings.deposit(book, principal, Money(100_000), on=FIRST_DAY)
        kind = savings.product(book, "voluntary")
        return savings.open_account(book, ani, kind).number


def held_on(desks: Desks, number: int) -> Money:
    with desks.coop.read() as book:
        return savings.balance(book, savings.account(book, number))


def in_english(desks: Desks, name: str) -> None:
    desks.log_in(name)
    desks.client.post("/language", data={"language": "en"})


# -- months ------------------------------------------------------------------


def test_a_month_that_is_chosen_fills_in_the_amount(desks: Desks) -> None:
    share = share_of(desks.coop, paid=10_000)
    in_english(desks, "rina")
    asked = {"account": share, "month": "202602", "on": ON}

    shown = desks.send("/counter/1/deposit", **asked, amount="")

    said = plain(shown)
    assert shown.status_code == 200
    assert 'value="40.000"' in shown.text
    assert "It pays the rest of January 2026 and February 2026." in said
    assert "Nothing is missed after it." in said
    posted = desks.client.post(
        "/counter/1/deposit",
        data=hidden_fields(shown.text) | asked | {"amount": "40000"},
    )
    assert posted.status_code == 302
    assert held_on(desks, share) == Money(50_000)


def test_the_check_says_which_months_are_still_missed(desks: Desks) -> None:
    share = share_of(desks.coop)
    in_english(desks, "rina")

    shown = plain(
        desks.send("/counter/1/deposit", account=share, amount="30000", on=ON)
    )

    assert "It pays January 2026 and Rp 5.000 of February 2026." in shown
    assert "Rp 20.000 is missed for February 2026." in shown


def test_an_amount_that_pays_other_months_than_those_chosen_is_refused(
    desks: Desks,
) -> None:
    share = share_of(desks.coop)
    in_english(desks, "rina")
    asked = {"account": share, "month": "202603", "on": ON}

    for amount in ("74999", "75001"):
        refused = desks.send("/counter/1/deposit", **asked, amount=amount)
        assert refused.status_code == 422
        beside = refused.text.split('id="amount-refused"')[1][:400]
        assert "Up to March 2026 it takes" in beside
        assert "75.000" in beside
    assert "January to February 2026 and Rp\u00a024.999 of March" in desks.send(
        "/counter/1/deposit", **asked, amount="74999"
    ).text.replace("&nbsp;", "\u00a0")
    assert desks.send("/counter/1/deposit", **asked, amount="75000").status_code == 200
    assert held_on(desks, share) == Money(0)


def test_months_that_are_paid_are_not_paid_again(desks: Desks) -> None:
    share = share_of(desks.coop, paid=75_000)
    in_english(desks, "rina")

    refused = desks.send(
        "/counter/1/deposit", account=share, amount="", month="202603", on=ON
    )

    assert refused.status_code == 422
    assert "Everything up to this month is paid." in plain(refused)
    assert 'id="month-refused"' in refused.text
    given = desks.send(
        "/counter/1/deposit", account=share, amount="25000", month="202603", on=ON
    )
    assert given.status_code == 422
    assert "Choose a later month" in given.text.split('id="month-refused"')[1][:200]


def test_neither_a_month_nor_an_amount_is_nothing(desks: Desks) -> None:
    share = share_of(desks.coop)
    desks.log_in("rina")
    for account in (share, VOLUNTARY):
        month = "202603" if account == VOLUNTARY else ""
        refused = desks.send(
            "/counter/1/deposit", account=account, amount="", month=month, on=ON
        )
        assert refused.status_code == 422
        assert 'id="amount-refused"' in refused.text
    for month in ("202613", "x", "9" * 30, "2026٠3"):
        refused = desks.send(
            "/counter/1/deposit", account=share, amount="", month=month, on=ON
        )
        assert refused.status_code == 422, month


def test_a_deposit_for_months_sent_twice_is_posted_once(desks: Desks) -> None:
    share = share_of(desks.coop)
    desks.log_in("rina")
    asked = {"account": share, "month": "202603", "amount": "75.000", "on": ON}
    shown = desks.send("/counter/1/deposit", **asked)
    data = hidden_fields(shown.text) | asked

    first = desks.client.post("/counter/1/deposit", data=data)
    second = desks.client.post("/counter/1/deposit", data=data)

    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert held_on(desks, share) == Money(75_000)


def test_the_months_can_be_chosen_without_scripts(desks: Desks) -> None:
    share = share_of(desks.coop, paid=60_000)
    in_english(desks, "rina")

    page = desks.text(f"/counter/1/deposit?account={share}")

    assert (
        'aria-label="January to February 2026: paid; March 2026: partly paid"' in page
    )
    assert '<option value="202603">March 2026 · Rp 15.000</option>' in page
    assert '<option value="202703">March 2027 · Rp 315.000</option>' in page
    assert "202602" not in page
    assert "202704" not in page


# -- payers, large sums, what stands in the way ------------------------------


def test_who_paid_and_by_which_transfer_is_kept(desks: Desks) -> None:
    desks.log_in("rina")
    posted = desks.post(
        "/counter/1/deposit",
        account=VOLUNTARY,
        amount="250000",
        on=ON,
        channel="bank",
        payer="Pak Harun",
        reference="TRF 88",
    )

    number = int(posted.headers["Location"].rsplit("/", 1)[1])
    with desks.coop.read() as book:
        origin = ledger.origin_of(book, number)
        took = ledger.entry(book, number).lines[0].account_number
    assert origin is not None
    assert (origin.payer, origin.reference) == ("Pak Harun", "TRF 88")
    assert took == 11201


def test_cash_that_is_to_be_reported_is_pointed_out_with_its_source(
    desks: Desks,
) -> None:
    with desks.coop.open("budi") as book:
        set_setting(
            *(book, "cash_report_threshold", 300_000),
            valid_from=TODAY,
            source="UU 8/2010 pasal 23",
        )
    in_english(desks, "rina")
    asked = {"account": VOLUNTARY, "on": ON}

    below = desks.post("/counter/1/deposit", **asked, amount="299999")
    assert "told watch" not in desks.text(below.headers["Location"])
    reached = desks.post("/counter/1/deposit", **asked, amount="1")

    told = desks.text(reached.headers["Location"]).split('class="told watch"')[1][:300]
    assert "Rp 300.000" in told
    assert "UU 8/2010 pasal 23" in told


def test_the_card_at_the_counter_says_what_is_held_blocked_asleep_and_saved_for(
    desks: Desks,
) -> None:
    with desks.coop.open() as book:
        account = savings.account(book, VOLUNTARY)
        savings.hold(
            *(book, account, Money(40_000)),
            why=savings.HoldReason.COURT,
            note="surat",
            on=TODAY,
        )
        savings.set_goal(book, account, "Sapi", Money(1_000_000), on=TODAY)
    in_english(desks, "rina")
    page = desks.text("/counter/1/deposit")
    assert "held 40.000" in " ".join(page.split())
    assert "Sapi: 10%, 900.000 to go" in page

    with desks.coop.open() as book:
        savings.block(book, savings.account(book, VOLUNTARY), on=TODAY, why="Sengketa")
    page = desks.text("/counter/1/deposit")
    assert "blocked since 16/03/2026" in page
    assert "Sengketa" in page


def test_a_sleeping_account_is_refused_beside_it_and_leads_to_waking(
    desks: Desks,
) -> None:
    in_english(desks, "rina")
    desks.app.config["TODAY"] = TODAY.replace(year=2028)
    try:
        page = desks.text("/counter/1/withdrawal")
        refused = desks.send(
            "/counter/1/withdrawal", account=VOLUNTARY, amount="1000", on="16/03/2028"
        )
    finally:
        desks.app.config["TODAY"] = TODAY
    assert "asleep since 01/01/2026" in page
    assert f'href="/savings/{VOLUNTARY}/wake"' in page
    assert refused.status_code == 422
    assert "wake the account" in refused.text.split('id="account-refused"')[1][:300]


# -- who is here -------------------------------------------------------------


def empowered(coop: Coop, *, limit: int = 50_000, account: int = VOLUNTARY) -> int:
    """Let Harun act for Siti on one account; return the number of the power."""
    with coop.open("budi") as book:
        return proxies.enter_proxy(
            *(book, members.member(book, 1), "Harun"),
            kind=ProxyKind.POWER,
            relation=members.Relation.SPOUSE,
            accounts=[account],
            on=FIRST_DAY,
            valid_until=TODAY,
            monthly_limit=Money(limit),
        ).number


def test_a_proxy_takes_money_out_within_the_limit_and_it_is_noted(desks: Desks) -> None:
    power = empowered(desks.coop)
    in_english(desks, "rina")
    path, asked = "/counter/1/withdrawal", {"account": VOLUNTARY, "on": ON, "by": power}

    page = desks.text(path)
    assert "Harun, may act until 16/03/2026; Rp 50.000 is left this month" in page
    over = desks.send(path, **asked, amount="50001")
    assert over.status_code == 422
    assert "50.000" in over.text.split('id="amount-refused"')[1][:300]
    shown = desks.send(path, **asked, amount="50000")
    assert "Harun gets Rp 50.000 in cash for Siti Aminah" in plain(shown)
    desks.post(path, **asked, amount="50000")

    with desks.coop.read() as book:
        (used,) = proxies.uses(book, members.member(book, 1))
    assert (used.proxy.number, used.amount) == (power, Money(50_000))


def test_a_power_for_another_card_is_refused_beside_who_is_here(desks: Desks) -> None:
    empowered(desks.coop, account=1)
    in_english(desks, "rina")

    refused = desks.send(
        "/counter/1/withdrawal", account=VOLUNTARY, amount="1000", on=ON, by=1
    )

    assert refused.status_code == 422
    assert "may not act on this account, only on: 1" in plain(refused)
    assert 'id="by-refused"' in refused.text


def test_a_power_that_has_ended_and_one_of_somebody_else_cannot_be_chosen(
    desks: Desks,
) -> None:
    power = empowered(desks.coop)
    desks.log_in("rina")
    asked = {"account": VOLUNTARY, "amount": "1000", "by": power}
    desks.app.config["TODAY"] = TODAY + timedelta(days=1)
    try:
        late = desks.get("/counter/1/withdrawal")
    finally:
        desks.app.config["TODAY"] = TODAY
    assert "Harun" not in late.text
    joined(desks.coop)
    other = desks.send("/counter/2/withdrawal", **asked | {"account": 4}, on=ON)
    assert "Harun" not in other.text
    for by in (power + 1, -1, "x"):
        refused = desks.send("/counter/1/withdrawal", **asked | {"by": by}, on=ON)
        assert refused.status_code == 422, by


def test_photo_and_signature_are_shown_to_compare(desks: Desks) -> None:
    with desks.coop.open() as book:
        fill_members(book)
    desks.log_in("rina")
    page = desks.text("/counter/1/withdrawal")
    places = re.findall(r'<figure><img src="([^"]+)"', page)
    assert len(places) == 3
    for place in places:
        assert desks.get(place).mimetype == "image/png"


# -- from account to account -------------------------------------------------


def test_money_moves_to_another_members_account_whose_name_is_shown(
    desks: Desks,
) -> None:
    theirs = joined(desks.coop)
    in_english(desks, "rina")
    asked = {
        "account": VOLUNTARY,
        "to": 0,
        "number": theirs,
        "amount": "90000",
        "on": ON,
    }

    shown = desks.send("/counter/1/transfer", **asked)
    assert "Voluntary savings of Ani Lestari, member 2" in plain(shown)
    data = hidden_fields(shown.text) | asked
    first = desks.client.post("/counter/1/transfer", data=data)
    second = desks.client.post("/counter/1/transfer", data=data)

    assert first.headers["Location"] == second.headers["Location"]
    assert held_on(desks, theirs) == Money(90_000)
    assert held_on(desks, VOLUNTARY) == Money(10_000)


def test_money_moves_between_a_members_own_accounts(desks: Desks) -> None:
    share = share_of(desks.coop)
    desks.log_in("rina")
    desks.post(
        "/counter/1/transfer", account=VOLUNTARY, to=share, amount="25000", on=ON
    )
    assert held_on(desks, share) == Money(25_000)


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"to": 0}, "number", "Write the number that stands on the passbook."),
        ({"to": 0, "number": 999}, "number", "There is no savings account 999."),
        ({"to": VOLUNTARY}, None, "Choose another account"),
        ({"to": 1, "amount": "95000"}, "amount", "Rp 90.000"),
    ],
)
def test_a_transfer_that_cannot_be_says_what_would_work(
    desks: Desks, asked: dict[str, object], field: str | None, said: str
) -> None:
    in_english(desks, "rina")
    whole = {"account": VOLUNTARY, "amount": "1000", "on": ON} | asked

    refused = desks.send("/counter/1/transfer", **whole)

    assert refused.status_code == 422
    assert said in plain(refused)
    if field:
        assert f'id="{field}-refused"' in refused.text


def test_nothing_is_moved_out_of_another_members_account(desks: Desks) -> None:
    theirs = joined(desks.coop)
    desks.log_in("rina")
    for path, asked in (
        ("/counter/1/transfer", {"to": VOLUNTARY}),
        ("/counter/1/withdrawal", {}),
        ("/counter/1/deposit", {}),
    ):
        refused = desks.send(path, account=theirs, amount="1", on=ON, **asked)
        assert refused.status_code == 422, path


# -- remittances -------------------------------------------------------------

SENT = {
    "payer": "Siti, Hong Kong",
    "reference": "WU 123",
    "channel": "bank",
    "currency": "hkd",
    "sent": "1.008,50",
    "rate": "2.034,5",
    "on": ON,
    "rows-0-account": VOLUNTARY,
    "rows-0-amount": "2.000.000",
    "rows-0-purpose": "Rumah",
}


def test_a_remittance_is_split_and_what_the_bank_kept_is_said(desks: Desks) -> None:
    share = share_of(desks.coop)
    in_english(desks, "rina")
    asked = SENT | {"rows-1-account": share, "rows-1-amount": "50.000"}

    shown = plain(desks.send("/counter/1/remittance", **asked))
    assert "HKD 1.008,5 at 2.034,5 comes to Rp 2.051.793." in shown
    assert "Rp 1.793 stayed with the bank" in shown
    posted = desks.post("/counter/1/remittance", **asked)

    number = int(posted.headers["Location"].rsplit("/", 1)[1])
    with desks.coop.read() as book:
        origin = ledger.origin_of(book, number)
        lines = [line.credit.units for line in ledger.entry(book, number).lines]
    assert origin is not None
    assert (origin.currency, origin.foreign_amount, origin.rate) == (
        *("HKD", "1008.50"),
        "2034.5",
    )
    assert ledger.purposes_of(origin) == [(VOLUNTARY, "Rumah"), (share, "")]
    assert lines == [0, 2_000_000, 50_000]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rate": ""}, "or leave all three empty"),
        ({"currency": "rupiah"}, "Please keep this to 3 characters."),
        ({"rate": "2034.5"}, "Write the number like 2034,5"),
        ({"sent": "0"}, "or leave all three empty"),
        ({"rows-0-account": 0}, "Choose where this goes."),
        ({"rows-0-amount": ""}, "Please fill this in."),
        ({"rows-0-account": 0, "rows-0-amount": ""}, "at least one purpose"),
        ({"rows-0-account": 1}, "Choose one from the list"),
        ({"reference": ""}, "Please fill this in."),
    ],
)
def test_a_remittance_that_cannot_be_says_what_would_work(
    desks: Desks, change: dict[str, object], said: str
) -> None:
    in_english(desks, "rina")

    refused = desks.send("/counter/1/remittance", **SENT | change)

    assert refused.status_code == 422
    assert said in plain(refused)
    assert 'value="Siti, Hong Kong"' in refused.text


def test_a_remittance_sent_twice_is_posted_once_and_shared_out_too_much_is_asked_about(
    desks: Desks,
) -> None:
    in_english(desks, "rina")
    asked = SENT | {"rows-0-amount": "2.051.794"}
    shown = desks.send("/counter/1/remittance", **asked)
    assert "Rp 1 more is shared out than that." in plain(shown)
    data = hidden_fields(shown.text) | asked

    places = {
        desks.client.post("/counter/1/remittance", data=data).headers["Location"]
        for _ in range(2)
    }

    assert len(places) == 1
    assert held_on(desks, VOLUNTARY) == Money(2_151_794)


def test_a_part_changed_after_the_check_is_shown_again(desks: Desks) -> None:
    desks.log_in("rina")
    shown = desks.send("/counter/1/remittance", **SENT)
    changed = SENT | {"rows-0-amount": "20.000.000"}

    again = desks.client.post(
        "/counter/1/remittance", data=hidden_fields(shown.text) | changed
    )

    assert again.status_code == 200
    assert held_on(desks, VOLUNTARY) == Money(100_000)


# -- who may, and whose ------------------------------------------------------

PAGES = ("/counter/1/transfer", "/counter/1/remittance", "/orders/today")


def test_a_member_and_a_reader_do_nothing_at_the_counter(desks: Desks) -> None:
    for role in (Role.MEMBER, Role.AUDITOR, Role.SUPERVISOR, Role.BOOKKEEPER):
        desks.log_in(only(desks.coop, role))
        for path in PAGES:
            assert desks.get(path).status_code == 403, (role, path)
            assert desks.client.post(path, data={}).status_code == 403
    desks.log_in("agus")
    assert desks.get("/orders").status_code == 200


def test_numbers_of_another_cooperative_are_not_here(desks: Desks, twin: Coop) -> None:
    with twin.open() as book:
        for number in range(3, 6):
            members.admit(book, f"Jauh {number}", on=FIRST_DAY)
    desks.log_in("rina")
    for path in (
        *("/counter/5/transfer", "/counter/5/remittance", "/counter/5/deposit"),
        *("/loans/1/order", "/loans/1/order/new"),
    ):
        assert desks.get(path).status_code == 404, path
