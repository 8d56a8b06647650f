"""Judged at the desks: at the court or an insurer; it can be saved, says the board."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import baddebts, loans
from coopbook.baddebts import Judged, LoanClass
from coopbook.decisions import DecisionBody
from coopbook.people import Role
from tests.conftest import TODAY, Coop
from tests.coopbook.gone_bad import decided
from tests.webui.conftest import Desks, plain
from tests.webui.test_baddebts import lent
from tests.webui.test_counter_savings import ON, in_english
from tests.webui.test_policy import only

PAPER = "Pengadilan Negeri, 12/Pdt.G.S/2026"


def judged(coop: Coop, number: int) -> Judged:
    with coop.read() as book:
        return baddebts.judged(book, loans.loan(book, number), TODAY)


def decide(coop: Coop, body: DecisionBody = DecisionBody.BOARD) -> int:
    with coop.open() as book:
        number: int = decided(book, TODAY - timedelta(days=1), body, "Selamatkan")
        return number


def test_a_credit_officer_hands_a_loan_over_and_takes_it_back(desks: Desks) -> None:
    number, *_ = lent(desks.coop)
    in_english(desks, "dewi")
    page = plain(desks.get(f"/loans/{number}"))
    assert "Class current (late, but within what this class allows" in page
    assert "What was judged" not in page
    here = f"/loans/{number}/handed-over"
    assert f'href="{here}"' in desks.text(f"/loans/{number}")
    empty = desks.send(here, reason="menunggak", on=ON, reference=" ")
    assert empty.status_code == 422
    asked = {"reason": "menunggak", "reference": PAPER, "on": ON}
    assert "given to others to collect" in plain(desks.send(here, **asked))
    assert judged(desks.coop, number) == Judged()
    assert desks.post(here, **asked).status_code == 302
    assert judged(desks.coop, number) == Judged(handed_over=True)

    page = plain(desks.get(f"/loans/{number}"))
    assert "Class loss (at the court or claimed on insurance" in page
    assert f"16/03/2026 given to others to collect · {PAPER} · menunggak" in page
    assert "loss 1 1.200.000" in plain(desks.get("/loans/bad"))
    assert "Take the loan back" in plain(desks.get(here))
    assert desks.post(here, reason="damai", on=ON).status_code == 302
    assert judged(desks.coop, number) == Judged()
    assert "taken back · damai" in plain(desks.get(f"/loans/{number}"))


def test_days_to_come_are_refused_at_the_desk(desks: Desks) -> None:
    number, *_ = lent(desks.coop)
    in_english(desks, "dewi")
    asked = {"reason": "menunggak", "reference": PAPER, "on": "17/03/2026"}
    told = desks.send(f"/loans/{number}/handed-over", **asked)
    assert told.status_code == 422
    assert "16/03/2026" in plain(told)
    assert judged(desks.coop, number) == Judged()


def test_a_manager_says_by_a_decision_of_the_board_that_it_can_be_saved(
    desks: Desks,
) -> None:
    number, *_ = lent(desks.coop)
    here = f"/loans/{number}/salvageable"
    others, board = decide(desks.coop, DecisionBody.SUPERVISORS), decide(desks.coop)
    in_english(desks, "budi")
    assert f'href="{here}"' in desks.text(f"/loans/{number}")
    asked = {"reason": "usaha jalan lagi", "on": ON}
    for wrong in (others, 99):
        refused = desks.send(here, decision=str(wrong), **asked)
        assert refused.status_code == 422, wrong
    asked["decision"] = str(board)
    assert desks.post(here, **asked).status_code == 302
    assert judged(desks.coop, number) == Judged(salvageable=True)
    page = plain(desks.get(f"/loans/{number}"))
    assert "can still be saved · " in page
    assert "usaha jalan lagi" in page
    assert desks.post(here, reason="usaha tutup", on=ON).status_code == 302
    assert judged(desks.coop, number) == Judged()
    with desks.coop.read() as book:
        row, *_ = baddebts.assess(book, TODAY).rows
        assert row.verdict.loan_class is LoanClass.CURRENT


@pytest.mark.parametrize("name", ["dewi", "sari", "agus", "rina"])
def test_only_a_manager_may_say_so_and_others_read_it(desks: Desks, name: str) -> None:
    number, *_ = lent(desks.coop)
    board = decide(desks.coop)
    in_english(desks, "budi")
    desks.post(
        f"/loans/{number}/salvageable",
        decision=str(board),
        reason="usaha jalan lagi",
        on=ON,
    )
    in_english(desks, name)
    assert desks.get(f"/loans/{number}/salvageable").status_code == 403
    page = desks.text(f"/loans/{number}")
    assert "/salvageable" not in page
    assert ("/handed-over" in page) is (name == "dewi")
    assert ("usaha jalan lagi" in page) is (name != "rina")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.TELLER, Role.BOOKKEEPER])
def test_who_does_not_lend_judges_nothing(desks: Desks, role: Role) -> None:
    number, *_ = lent(desks.coop)
    in_english(desks, only(desks.coop, role))
    for page in ("handed-over", "salvageable"):
        assert desks.get(f"/loans/{number}/{page}").status_code == 403


def test_a_loan_that_is_paid_cannot_be_judged(desks: Desks) -> None:
    number, *_ = lent(desks.coop)
    with desks.coop.open() as book:
        loan = loans.loan(book, number)
        ends = loans.payoff(book, loan, TODAY).total
        loans.repay(book, loan, ends, on=TODAY, wish=loans.Wish.SETTLE)
    in_english(desks, "dewi")
    assert "/handed-over" not in desks.text(f"/loans/{number}")
    told = desks.send(
        f"/loans/{number}/handed-over", reason="x", reference=PAPER, on=ON
    )
    assert told.status_code == 422
