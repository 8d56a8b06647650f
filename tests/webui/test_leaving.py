"""Leaving and death at the desks, step by step, by those who may."""

from __future__ import annotations

import pytest

from coopbook import ledger, members, savings, settlement
from coopbook.cooperatives import set_setting
from coopbook.ledger import chart
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.settlement import SettlementState
from tests.conftest import FIRST_DAY, TODAY, Coop
from tests.coopbook.settlement.test_settlement import lent
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.filling import fill_members
from tests.webui.test_membership import board, member_log_in
from webui.wording import day

ON = day(TODAY)
LEAVING = "/members/1/leaving"


def begun(desks: Desks, cause: str = "resigned", **more: object) -> None:
    desks.log_in("budi")
    asked = {"cause": cause, "on": ON, "reason": "Pindah"} | more
    answer = desks.send(f"{LEAVING}/begin", **asked)
    assert answer.headers["Location"] == LEAVING, plain(answer)


def row_of(desks: Desks) -> tuple[SettlementState, MemberStatus]:
    with desks.coop.read() as book:
        siti = members.member(book, 1)
        row = settlement.settlement_of(book, siti)
        assert row is not None
        return row.state, siti.status


def owed_to_leavers(desks: Desks) -> Money:
    with desks.coop.read() as book:
        return ledger.account_balance(book, chart.FORMER_MEMBERS)


# -- the whole way -----------------------------------------------------------


def test_a_member_resigns_is_settled_by_the_manager_and_paid_at_the_counter(
    desks: Desks,
) -> None:
    desks.log_in("budi")
    assert f"{LEAVING}/begin" in desks.text(LEAVING)
    begun(desks)
    page = desks.text(LEAVING)
    assert "200.000" in page and "dua ratus ribu rupiah" in page
    assert f"{LEAVING}/settling" in page
    path = f"{LEAVING}/settling"
    shown = desks.send(
        path, **{"on": ON, "rows-0-name": "Siti Aminah", "rows-0-amount": "200.000"}
    )
    assert shown.status_code == 200
    assert "21404" in shown.text and "200.000" in shown.text
    assert row_of(desks)[0] is SettlementState.BEGUN
    settled = desks.post(
        path, **{"on": ON, "rows-0-name": "Siti Aminah", "rows-0-amount": "200.000"}
    )
    assert settled.headers["Location"] == LEAVING
    assert row_of(desks) == (SettlementState.PAYABLE, MemberStatus.SETTLED)
    assert owed_to_leavers(desks) == Money(200_000)
    assert f"{LEAVING}/payees/1" not in desks.get(LEAVING).text

    desks.log_in("rina")
    assert f"{LEAVING}/payees/1" in desks.get(LEAVING).text
    paid = desks.post(f"{LEAVING}/payees/1", channel="cash", on=ON)

    assert paid.headers["Location"].startswith("/receipts/")
    assert "200.000" in desks.text(paid.headers["Location"])
    assert row_of(desks)[0] is SettlementState.PAID
    assert owed_to_leavers(desks) == ZERO
    page = desks.text(f"{LEAVING}/statement")
    assert "Siti Aminah" in page and "BKK-2026-" in page
    assert "/members/1/leaving" not in desks.get("/leaving").text
    assert "/members/1/leaving" in desks.get("/leaving?all=1").text


def test_heirs_receive_their_parts_against_papers(desks: Desks) -> None:
    with desks.coop.open() as book:
        siti = members.member(book, 1)
        for name, share in (("Dewi", 75), ("Harun", 25)):
            members.add_beneficiary(
                book,
                siti,
                name,
                relation=members.Relation.CHILD,
                share=share,
                on=FIRST_DAY,
            )
    begun(desks, "deceased")
    path = f"{LEAVING}/settling"
    page = desks.get(path).text
    assert 'value="150.000"' in page and 'value="50.000"' in page
    parts = {
        "on": ON,
        "rows-0-name": "Dewi",
        "rows-0-amount": "150.000",
        "rows-1-name": "Harun",
        "rows-1-amount": "50.000",
    }

    without = desks.send(path, **parts)
    papers = {"rows-0-papers": "Akta 12, KTP", "rows-1-papers": "Akta 12, KTP"}
    short = desks.send(path, **parts | papers | {"rows-1-amount": "49.999"})
    number = {"rows-0-national_id": "3212165503880004"}
    settled = desks.post(path, **parts | papers | number)

    assert without.status_code == short.status_code == 422
    assert "Dewi" in plain(without)
    assert "Rp 200.000" in plain(short)
    assert settled.status_code == 302
    page = desks.get(LEAVING).text
    assert "Dewi" in page and "3212••••••••0004" in page
    assert "3212165503880004" not in page
    desks.log_in("tono")
    for payee in (1, 2):
        assert desks.post(f"{LEAVING}/payees/{payee}", channel="cash", on=ON)
    assert row_of(desks)[0] is SettlementState.PAID


def test_a_loan_is_set_off_or_stays_a_claim_until_it_is_paid(desks: Desks) -> None:
    with desks.coop.open() as book:
        lent(book)
    begun(desks, "expelled", decision=board(desks.coop))
    path = f"{LEAVING}/settling"
    still = desks.client.post(path, data={"on": ON})
    assert still.status_code == 422
    assert "Rp " in plain(still)

    desks.post(path, on=ON, set_off="y")

    assert row_of(desks) == (SettlementState.CLAIM, MemberStatus.EXPELLED)
    page = desks.text(LEAVING)
    assert f"{LEAVING}/ending" not in page
    early = desks.client.post(f"{LEAVING}/ending")
    assert early.status_code == 422
    with desks.coop.open() as book:
        from coopbook import loans

        loan = loans.loan(book, 1)
        payoff = loans.standing(book, loan, TODAY).payoff
        loans.repay(book, loan, payoff, on=TODAY)
    assert f"{LEAVING}/ending" in desks.text(LEAVING)
    desks.client.post(f"{LEAVING}/ending", data=hidden_fields(desks.get(LEAVING).text))
    assert row_of(desks) == (SettlementState.PAID, MemberStatus.SETTLED)


def test_above_the_limit_a_second_person_pays(desks: Desks) -> None:
    with desks.coop.open() as book:
        savings.deposit(book, savings.account(book, 2), Money(9_000_000), on=TODAY)
    begun(desks)
    desks.post(f"{LEAVING}/settling", on=ON)
    desks.log_in("rina")

    waits = desks.post(f"{LEAVING}/payees/1", channel="cash", on=ON)

    assert waits.headers["Location"] == LEAVING
    assert row_of(desks)[0] is SettlementState.PAYABLE
    assert f"{LEAVING}/payees/1" not in desks.get(LEAVING).text
    desks.log_in("budi")
    assert "Siti Aminah · Rp 9.200.000" in desks.text("/approvals")
    page = desks.text("/approvals/1")
    assert "Rp 9.200.000" in page and "tunai" in page
    done = desks.client.post("/approvals/1/approve", data=hidden_fields(page))
    assert done.status_code == 302
    assert row_of(desks)[0] is SettlementState.PAID


def test_what_waits_is_one_click_away_for_who_oversees(desks: Desks) -> None:
    begun(desks)
    desks.log_in("sari")

    assert f'href="{LEAVING}"' in desks.text("/oversight")


def test_a_leaving_is_taken_back_before_it_is_settled(desks: Desks) -> None:
    begun(desks)

    unsaid = desks.send("/leaving/1/back", on=ON, reason="")
    data = hidden_fields(desks.get("/leaving/1/back").text)
    data |= {"on": ON, "reason": "Tetap anggota"}
    answers = [desks.client.post("/leaving/1/back", data=data) for _ in range(2)]

    assert unsaid.status_code == 422
    assert {one.headers.get("Location") for one in answers} == {"/members/1"}
    with desks.coop.read() as book:
        assert members.member(book, 1).status is MemberStatus.ACTIVE
    assert f"{LEAVING}/begin" in desks.text(LEAVING)


# -- refusals, and twice -----------------------------------------------------


def test_every_step_sent_twice_is_done_once(desks: Desks) -> None:
    desks.log_in("budi")
    path = f"{LEAVING}/begin"
    data = hidden_fields(desks.get(path).text)
    data |= {"cause": "resigned", "on": ON, "reason": "Pindah"}
    begins = [desks.client.post(path, data=data) for _ in range(2)]
    path = f"{LEAVING}/settling"
    shown = desks.send(path, on=ON, set_off="y")
    data = hidden_fields(shown.text) | {"on": ON, "set_off": "y"}
    settles = [desks.client.post(path, data=data) for _ in range(2)]
    desks.log_in("rina")
    path = f"{LEAVING}/payees/1"
    shown = desks.send(path, channel="cash", on=ON)
    data = hidden_fields(shown.text) | {"channel": "cash", "on": ON}
    pays = [desks.client.post(path, data=data) for _ in range(2)]

    for answers in (begins, settles, pays):
        assert [one.status_code for one in answers] == [302, 302]
        assert len({one.headers["Location"] for one in answers}) == 1
    with desks.coop.read() as book:
        sources = [one.source for one in ledger.entries(book, limit=50).rows]
        assert sources.count("settlement.settle") == 1
        assert sources.count("settlement.pay") == 1


def test_an_expulsion_needs_a_decision_and_a_reason(desks: Desks) -> None:
    desks.log_in("budi")
    asked = {"cause": "expelled", "on": ON, "reason": "Melanggar"}

    undecided = desks.send(f"{LEAVING}/begin", **asked)
    ahead = desks.send(f"{LEAVING}/begin", **asked | {"on": "17/03/2026"})

    assert undecided.status_code == ahead.status_code == 422
    decided = desks.send(f"{LEAVING}/begin", **asked, decision=board(desks.coop))
    assert decided.status_code == 302


def test_what_is_held_for_somebody_else_is_told_before_and_refused(
    desks: Desks,
) -> None:
    with desks.coop.open() as book:
        savings.hold(
            book,
            savings.account(book, 2),
            Money(40_000),
            why=savings.HoldReason.GUARANTEE,
            note="Menjamin Ani",
            on=TODAY,
        )
    begun(desks)

    assert "Menjamin Ani" in desks.text(LEAVING)
    refused = desks.send(f"{LEAVING}/settling", on=ON, set_off="y")
    assert refused.status_code == 422
    assert "Menjamin Ani" in plain(refused)


def test_shares_that_take_the_capital_below_its_beginning_are_pointed_out(
    desks: Desks,
) -> None:
    with desks.coop.open("budi") as book:
        set_setting(book, "initial_capital", 900_000, valid_from=TODAY, source="akta")
    begun(desks)
    desks.client.post("/language", data={"language": "en"})
    said = "The own capital falls to Rp 0, below the Rp 900.000"
    assert said in plain(desks.get(LEAVING))
    shown = desks.send(
        f"{LEAVING}/settling",
        **{"on": ON, "rows-0-name": "Siti Aminah", "rows-0-amount": "200.000"},
    )
    assert shown.status_code == 200
    assert said in plain(shown)


def test_what_settled_nothing_is_taken_back_from_its_page(desks: Desks) -> None:
    with desks.coop.open("budi") as book:
        ani = members.member(book, 2)
        asked = {"on": TODAY, "reason": "keliru"}
        row = settlement.begin(book, ani, MemberStatus.DECEASED, **asked)
        settlement.settle(book, row, on=TODAY, set_off=False)
        back = f"/leaving/{row.number}/back"
    desks.log_in("budi")
    assert back in desks.text("/members/2/leaving")
    desks.send(back, on=ON, reason="orang lain")
    with desks.coop.read() as book:
        assert members.member(book, 2).status is MemberStatus.PROSPECTIVE


def test_a_statement_is_reckoned_for_the_day_asked(desks: Desks) -> None:
    begun(desks)

    page = desks.text(f"{LEAVING}?on=20/03/2026")

    assert 'value="20/03/2026"' in page
    assert desks.get(f"{LEAVING}?on=x").status_code == 200


# -- who may, and whose ------------------------------------------------------


@pytest.mark.parametrize("name", ["rina", "dewi", "budi", "tono", "sari", "agus"])
def test_managers_settle_the_counter_pays_and_staff_read(
    desks: Desks, name: str
) -> None:
    with desks.coop.open("rina") as book:
        numbers = fill_members(book)
    desks.log_in(name)
    begun_, payable = numbers["begun"], numbers["payable"]

    for path in ("/leaving", f"/members/{begun_}/leaving"):
        assert desks.get(path).status_code == 200
    assert desks.get(f"/members/{payable}/leaving/statement").status_code == 200
    managing = (
        *("/members/1/leaving/begin", f"/members/{begun_}/leaving/settling"),
        "/leaving/1/back",
    )
    for path in managing:
        assert desks.get(path).status_code == (200 if name == "budi" else 403)
    paying = desks.get(f"/members/{payable}/leaving/payees/1").status_code
    assert paying == (200 if name in ("rina", "tono") else 403)


def test_a_member_sees_nothing_of_it(desks: Desks) -> None:
    desks.log_in(member_log_in(desks.coop))

    for path in ("/leaving", LEAVING, f"{LEAVING}/begin", f"{LEAVING}/statement"):
        assert desks.get(path).status_code == 403


def test_the_leaving_of_another_cooperative_is_not_found(
    desks: Desks, twin: Coop
) -> None:
    with twin.open("rina") as book:
        numbers = fill_members(book)
        last = settlement.settlements(book, waiting=False)[0].number
    desks.log_in("budi")

    for step in ("", "/begin", "/settling", "/statement"):
        path = f"/members/{numbers['begun']}/leaving{step}"
        assert desks.get(path).status_code == 404, path
    assert desks.get(f"/leaving/{last}/back").status_code == 404
    assert "Wagiman" not in desks.text("/leaving")
    assert desks.get(f"{LEAVING}/statement").status_code == 404
