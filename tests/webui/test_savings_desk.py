"""The savings desk: kinds, terms, interest, holds, sleep; and term deposits."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import deposits, ledger, savings
from coopbook.deposits import DepositState
from coopbook.money import Money, Rate
from tests.conftest import FIRST_DAY, TODAY, Coop
from tests.webui.conftest import Desks, hidden_fields, plain
from webui.wording import day

MARCH = day(TODAY)


def earning(coop: Coop) -> None:
    """Let voluntary savings earn 12 % a year from the first day on, taxed above all."""
    with coop.open("budi") as book:
        tiers = (savings.Tier(Money(0), Rate.percent(12, "year")),)
        terms = savings.InterestTerms(
            savings.Basis.DAILY, tiers, savings.DayCount.TWELFTH
        )
        kind = savings.product(book, "voluntary")
        savings.set_terms(book, kind, terms, valid_from=FIRST_DAY, source="RAT")


def tying(coop: Coop, *, open_one: bool = True) -> None:
    """Let three months earn 12 %, and tie ten million of Siti's."""
    with coop.open("rina") as book:
        account = savings.account(book, 2)
        savings.deposit(book, account, Money(20_000_000), on=FIRST_DAY)
        deposits.set_deposit_terms(
            *(book, 3),
            rate=Rate.percent(12, "year"),
            valid_from=FIRST_DAY,
            source="RAT",
            day_count=savings.DayCount.TWELFTH,
            kept_percent=50,
        )
        if open_one:
            deposits.open_deposit(
                *(book, account.member, account, Money(10_000_000)),
                months=3,
                on=date(2026, 1, 16),
            )


def test_terms_are_set_and_the_cap_is_warned_about(desks: Desks) -> None:
    desks.log_in("budi")
    path = "/savings/kinds/voluntary/terms"
    asked = {
        "rate": "9,5",
        "basis": "daily",
        "day_count": "actual_365",
        "on": "01/04/2026",
        "source": "RAT 2026",
    }

    shown = desks.send(path, **asked)
    assert "cap is 9 percent" in plain(shown) or "9 persen" in plain(shown)
    desks.post(path, **asked)

    with desks.coop.read() as book:
        kind = savings.product(book, "voluntary")
        terms = savings.terms_of(book, kind, date(2026, 4, 1))
    assert terms.tiers[0].rate == Rate.percent("9.5", "year")


@pytest.mark.parametrize("rate", ["", "x", "-1", "1.2.3", "10000"])
def test_a_rate_that_is_none_is_refused_beside_its_field(
    desks: Desks, rate: str
) -> None:
    desks.log_in("budi")
    asked = {"basis": "daily", "day_count": "twelfth", "on": "01/04/2026"}

    refused = desks.send(
        "/savings/kinds/voluntary/terms", rate=rate, source="RAT", **asked
    )

    assert refused.status_code == 422
    assert 'id="rate-refused"' in refused.text


def test_a_month_is_reckoned_shown_and_posted_once(desks: Desks) -> None:
    earning(desks.coop)
    desks.log_in("yanti")
    path = "/savings/kinds/voluntary/interest"
    page = desks.text(path)
    assert 'value="2026-01" selected' in page

    shown = desks.send(path, month="2026-01")
    assert shown.status_code == 200
    assert "1.000" in plain(shown)  # a hundredth of 100,000
    filled = hidden_fields(shown.text) | {"month": "2026-01"}
    first = desks.client.post(path, data=filled)
    again = desks.client.post(path, data=filled)
    assert first.status_code == again.status_code == 302
    assert first.location == again.location

    with desks.coop.read() as book:
        assert savings.balance(book, savings.account(book, 2)) == Money(101_000)
    refused = desks.send(path, month="2026-01")
    assert refused.status_code == 422
    assert desks.send(path, month="2026-03").status_code == 422


def test_an_amount_is_held_and_released_with_a_reason(desks: Desks) -> None:
    desks.log_in("budi")
    asked = {"amount": "60.000", "why": "guarantee", "reason": "pinjaman Ani"}
    too_much = desks.send("/savings/2/hold", **asked | {"amount": "100.001"}, on=MARCH)
    assert too_much.status_code == 422
    assert "100.000" in plain(too_much)
    desks.post("/savings/2/hold", **asked, on=MARCH)
    assert "60.000" in desks.text("/savings/2/state")

    refused = desks.send("/savings/holds/1/release", reason=" ")
    assert refused.status_code == 422
    desks.send("/savings/holds/1/release", reason="lunas")

    with desks.coop.read() as book:
        assert savings.held(book, savings.account(book, 2)) == Money(0)


def test_an_account_is_blocked_by_the_teller_and_freed_again(desks: Desks) -> None:
    desks.log_in("rina")
    desks.send("/savings/2/block", reason="buku hilang")
    refused = desks.send("/counter/2/withdrawal", account=2, amount="10000", on=MARCH)
    assert refused.status_code == 422 or refused.status_code == 200
    refused = desks.send("/counter/1/withdrawal", account=2, amount="10000", on=MARCH)
    assert refused.status_code == 422
    assert "buku hilang" in plain(refused)

    desks.send("/savings/2/block", reason="ditemukan", lift="1")

    shown = desks.send("/counter/1/withdrawal", account=2, amount="10000", on=MARCH)
    assert shown.status_code == 200


def test_a_sleeping_account_is_woken_by_who_looked(desks: Desks) -> None:
    desks.app.config["TODAY"] = date(2027, 3, 1)
    try:
        desks.log_in("rina")
        assert "Siti Aminah" in desks.text("/savings/sleeping")
        assert desks.send("/savings/2/wake").status_code == 422
        desks.send("/savings/2/wake", seen_owner="y")
        assert "Siti Aminah" not in desks.text("/savings/sleeping")
    finally:
        desks.app.config["TODAY"] = TODAY


def test_a_goal_shows_how_far_it_is(desks: Desks) -> None:
    desks.log_in("rina")

    desks.send("/savings/2/goal", title="Atap rumah", amount="1.000.000", on="")

    assert "10%" in desks.text("/savings/2/state")


def test_another_kind_is_offered_by_the_manager(desks: Desks) -> None:
    desks.log_in("budi")
    desks.send("/savings/kinds/new", kind="education")

    with desks.coop.read() as book:
        assert savings.product(book, "education").account_number == 21103


def test_what_has_to_stay_is_set_by_the_manager(desks: Desks) -> None:
    path = "/savings/kinds/voluntary/conditions"
    desks.log_in("rina")
    assert desks.get(path).status_code == 403
    desks.log_in("budi")
    assert path in desks.text("/savings")
    assert 'value="10.000"' in desks.text(path)
    assert desks.send(path, minimum="25000", dormant="").status_code == 302
    with desks.coop.read() as book:
        kind = savings.product(book, "voluntary")
        assert (kind.minimum_balance, kind.dormant_months) == (Money(25_000), None)
    for wrong in ({"minimum": "x"}, {"dormant": "0"}, {"dormant": "601"}):
        assert desks.send(path, **wrong).status_code == 422
    assert desks.send(path.replace("voluntary", "principal")).status_code == 422
    assert desks.get(path.replace("voluntary", "luck")).status_code == 404


def test_a_deposit_is_opened_pledged_and_broken(desks: Desks) -> None:
    tying(desks.coop, open_one=False)
    desks.log_in("rina")
    asked = {
        "amount": "10.000.000",
        "months": "3",
        "source": "savings",
        "account": "2",
        "rollover": "stop",
        "pays": "at_maturity",
        "on": "16/03/2026",
    }
    shown = desks.send("/members/1/deposits/new", **asked)
    assert "300.000" in plain(shown)  # earned by then
    wrong = desks.send("/members/1/deposits/new", **asked | {"months": "6"})
    assert wrong.status_code == 422
    opened = desks.post("/members/1/deposits/new", **asked)
    assert opened.location.endswith("/deposits/1")
    desks.log_in("budi")
    desks.send("/deposits/1/pledging", reason="pinjaman 7")
    desks.log_in("rina")
    refused = desks.send("/deposits/1/breaking", on=MARCH)
    assert refused.status_code == 422
    assert "pinjaman 7" in plain(refused)
    desks.log_in("budi")
    desks.send("/savings/holds/1/release", reason="lunas")
    desks.log_in("rina")
    desks.post("/deposits/1/breaking", on=MARCH)

    with desks.coop.read() as book:
        assert deposits.deposit(book, 1).state is DepositState.BROKEN
        assert savings.balance(book, savings.account(book, 2)) == Money(20_100_000)


def test_the_day_s_work_ends_what_is_mature(desks: Desks) -> None:
    tying(desks.coop)
    desks.app.config["TODAY"] = date(2026, 4, 16)
    try:
        desks.log_in("tono")
        assert desks.get("/deposits").status_code == 200
        desks.post("/deposits/work")
        desks.post("/deposits/work")
    finally:
        desks.app.config["TODAY"] = TODAY

    with desks.coop.read() as book:
        assert deposits.deposit(book, 1).state is DepositState.MATURED
        # 300,000 of interest, a tenth of it kept back as tax
        assert savings.balance(book, savings.account(book, 2)) == Money(20_370_000)


def test_deposit_terms_are_the_manager_s(desks: Desks) -> None:
    desks.log_in("rina")
    assert desks.get("/deposits/terms/new").status_code == 403
    desks.log_in("budi")
    desks.post(
        "/deposits/terms/new",
        months="12",
        rate="7",
        day_count="actual_365",
        kept="0",
        penalty="1",
        on=MARCH,
        source="RAT",
    )

    with desks.coop.read() as book:
        assert deposits.terms_on(book, 12, TODAY).rate == Rate.percent(7, "year")


PAGES = [
    "/savings/2/state",
    "/savings/2/hold",
    "/savings/2/block",
    "/deposits/1",
    "/deposits/1/breaking",
    "/members/1/deposits",
]


@pytest.mark.parametrize("path", PAGES)
def test_numbers_that_are_not_there_are_missing(desks: Desks, path: str) -> None:
    desks.log_in("budi" if "hold" in path or "block" in path else "rina")

    assert (
        desks.get(path.replace("/1", "/99").replace("/2/", "/99/")).status_code == 404
    )


@pytest.mark.parametrize("path", ["/savings", "/deposits", "/oversight", *PAGES[:3]])
def test_a_member_sees_only_their_own_pages(desks: Desks, path: str) -> None:
    tying(desks.coop)
    login(desks)

    assert desks.get(path).status_code == 403


def login(desks: Desks, member: int = 1) -> None:
    """Let a member log in."""
    from coopbook.people import Role, add_user
    from tests.conftest import PASSWORD_HASH

    with desks.coop.open("budi") as book:
        add_user(
            *(book, f"anggota{member}", "Anggota", PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=member,
            hashed=True,
        )
    desks.log_in(f"anggota{member}")


def test_a_member_reads_months_deposits_and_who_acted(desks: Desks) -> None:
    from coopbook import members, proxies
    from coopbook.members import Relation
    from coopbook.proxies import ProxyKind

    tying(desks.coop)
    with desks.coop.open("rina") as book:
        account = savings.account(book, 2)
        harun = proxies.enter_proxy(
            *(book, members.member(book, 1), "Harun"),
            kind=ProxyKind.POWER,
            relation=Relation.SPOUSE,
            accounts=[2],
            on=TODAY,
            valid_until=date(2026, 12, 31),
            national_id="3201015505700002",
        )
        savings.withdraw(book, account, Money(77_000), on=TODAY, proxy=harun)
    login(desks)

    assert "77.000" in desks.text("/mine")
    assert "Harun" in desks.text("/mine/data")
    assert "3201015505700002" not in desks.text("/mine/data")
    assert "3201014101900001" not in desks.text("/mine/data")
    assert "50.000" in desks.text("/mine/calendar")  # January and February missed
    assert "10.000.000" in desks.text("/mine/deposits/1")
    login(desks, 2)
    assert desks.get("/mine/deposits/1").status_code == 404


def test_supervisors_see_what_is_worth_a_look(desks: Desks) -> None:
    earning(desks.coop)
    desks.log_in("sari")
    page = desks.text("/oversight")

    assert "Simpanan Sukarela" in page or "Voluntary savings" in page
    with desks.coop.open("rina") as book:
        ledger.account_balance(book, 11102)
        savings.deposit(book, savings.account(book, 2), Money(9_000), on=TODAY)
    assert "9.000" in desks.text("/oversight")
