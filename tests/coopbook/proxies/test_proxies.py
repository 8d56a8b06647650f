"""Who acts for a member abroad: on these cards, so much a month, until that day."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import ledger, members, proxies, savings
from coopbook.cooperatives import set_setting
from coopbook.members import Relation
from coopbook.money import Money
from coopbook.people import approvals
from coopbook.proxies import ProxyKind, rules
from tests.conftest import TODAY, as_

NIK = "3201015505700002"


def power(book, **more):
    about = {
        "kind": ProxyKind.POWER,
        "relation": Relation.SPOUSE,
        "accounts": [2],
        "on": TODAY,
        "valid_until": date(2026, 11, 30),
        "monthly_limit": Money(60_000),
        "paper": "SK-1/2026",
        "national_id": NIK,
    } | more
    return proxies.enter_proxy(book, members.member(book, 1), "Harun", **about)


def test_a_proxy_takes_out_up_to_the_limit_of_a_month(book):
    account, harun = savings.account(book, 2), power(book)
    entry = savings.withdraw(book, account, Money(40_000), on=TODAY, proxy=harun)
    assert "kuasa: Harun" in entry.memo
    with pytest.raises(rules.BeyondLimit) as refusal:
        savings.withdraw(book, account, Money(20_001), on=TODAY, proxy=harun)
    assert refusal.value.left == Money(20_000)

    ledger.reverse(book, entry, on=TODAY, reason="salah")
    savings.withdraw(book, account, Money(60_000), on=TODAY, proxy=harun)
    savings.withdraw(book, account, Money(30_000), on=date(2026, 4, 1), proxy=harun)

    told = proxies.uses(book, members.member(book, 1))
    assert [(one.amount.units, one.reversed_by is None) for one in told] == [
        (30_000, True),
        (60_000, True),
        (40_000, False),
    ]


def test_a_proxy_revoked_while_a_payout_waits_is_not_paid(book):
    account, harun = savings.account(book, 2), power(book)
    set_setting(book, "payout_limit", 1_000, valid_from=TODAY, source="rapat")
    asked = savings.withdraw_or_ask(book, account, Money(40_000), on=TODAY, proxy=harun)
    later = date(2026, 3, 17)
    proxies.revoke(book, harun, on=later, reason="cerai")
    with as_(book, "budi"), pytest.raises(rules.ProxyRevoked):
        approvals.approve(book, asked.number, digest=asked.digest)


def test_a_day_to_come_is_brought_forward_when_a_power_is_revoked(book):
    harun = power(book)
    proxies.revoke(book, harun, on=date(2026, 6, 1), reason="pulang")
    proxies.revoke(book, harun, on=TODAY, reason="cerai")
    with pytest.raises(rules.ProxyRevoked):
        proxies.revoke(book, harun, on=TODAY, reason="lagi")


def test_a_guardian_does_not_act_for_somebody_of_age(book):
    siti, account = members.member(book, 1), savings.account(book, 2)
    members.correct(book, siti, born_on=date(2015, 5, 5))
    mother = proxies.enter_proxy(
        *(book, siti, "Ibu"),
        kind=ProxyKind.GUARDIAN,
        relation=Relation.PARENT,
        accounts=[2],
        on=TODAY,
        valid_until=date(2033, 5, 5),
    )
    savings.withdraw(book, account, Money(1_000), on=TODAY, proxy=mother)
    members.correct(book, siti, born_on=date(1995, 5, 5))
    with pytest.raises(rules.GrownUp):
        savings.withdraw(book, account, Money(1_000), on=TODAY, proxy=mother)


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (date(2026, 3, 15), rules.ProxyEnded),
        (date(2026, 3, 16), None),
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), rules.ProxyEnded),
    ],
)
def test_a_proxy_acts_from_its_first_to_its_last_day(book, on, refusal):
    account, harun = savings.account(book, 2), power(book)

    if refusal is None:
        assert savings.withdraw(book, account, Money(1), on=on, proxy=harun).number
    else:
        with pytest.raises(refusal):
            savings.withdraw(book, account, Money(1), on=on, proxy=harun)


def test_a_proxy_acts_on_its_own_cards_and_not_when_taken_back(book):
    account, harun = savings.account(book, 2), power(book)
    siti = members.member(book, 1)
    kind = savings.offer(book, "education", on=TODAY)
    other = savings.open_account(book, siti, kind)
    savings.deposit(book, other, Money(50_000), on=TODAY)
    with pytest.raises(rules.NotThisCard) as refusal:
        savings.withdraw(book, other, Money(1), on=TODAY, proxy=harun)
    assert refusal.value.accounts == (2,)

    proxies.revoke(book, harun, on=TODAY, reason="pulang")

    with pytest.raises(rules.ProxyRevoked):
        savings.withdraw(book, account, Money(1), on=TODAY, proxy=harun)
    with pytest.raises(rules.ProxyRevoked):
        proxies.revoke(book, harun, on=TODAY, reason="lagi")
    assert not proxies.holds(harun, TODAY)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"accounts": []}, rules.CardsNeeded),
        ({"valid_until": None}, rules.PowerNeedsEnd),
        ({"valid_until": date(2026, 3, 15)}, rules.PowerNeedsEnd),
        ({"valid_until": date(2028, 3, 17)}, rules.PowerNeedsEnd),
        ({"kind": ProxyKind.GUARDIAN}, rules.NotAChild),
    ],
)
def test_a_power_that_cannot_be_is_refused(book, more, refusal):
    with pytest.raises(refusal):
        power(book, **more)


def test_a_child_is_paid_through_the_guardian_until_of_age(book):
    siti, account = members.member(book, 1), savings.account(book, 2)
    members.correct(book, siti, born_on=date(2010, 6, 1))
    siti.born_on = date(2010, 6, 1)
    with pytest.raises(rules.GuardianNeeded) as refusal:
        savings.withdraw(book, account, Money(1), on=TODAY)
    assert refusal.value.age == 18
    guardian = power(
        book,
        kind=ProxyKind.GUARDIAN,
        relation=Relation.PARENT,
        valid_until=None,
        monthly_limit=None,
    )

    assert guardian.valid_until == date(2028, 6, 1)
    savings.withdraw(book, account, Money(10_000), on=TODAY, proxy=guardian)
    savings.wake(book, account, on=date(2028, 6, 1))
    savings.withdraw(book, account, Money(10_000), on=date(2028, 6, 1))


def test_above_the_payout_limit_two_people_pay_a_proxy_too(book):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(9_000_000), on=TODAY)
    harun = power(book, monthly_limit=None)

    request = savings.withdraw_or_ask(
        book, account, Money(6_000_000), on=TODAY, proxy=harun
    )
    with as_(book, "budi"):
        approvals.approve(book, request.number, digest=request.digest)

    assert proxies.used_in_month(book, harun, TODAY) == Money(6_000_000)


def test_the_number_of_a_proxy_is_sealed(book):
    harun = power(book)

    assert harun.masked_national_id == "3201••••••••0002"
    assert NIK not in str(harun.national_id_sealed)
    assert [one.number for one in proxies.ending(book, date(2026, 10, 31))] == [1]
    assert proxies.ending(book, date(2026, 10, 30)) == []
