"""Written-off loans at the desks: what is missing, the claim, money, the waiver."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import baddebts, ledger, loans, security, settlement
from coopbook.decisions import DecisionBody
from coopbook.ledger import chart
from coopbook.loans import LoanState
from coopbook.loans.conditions import Conditions
from coopbook.loans.daycount import Unit
from coopbook.loans.terms import Every
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.people import Role, approvals
from tests.conftest import TODAY, Coop
from tests.coopbook.gone_bad import by_law, decided
from tests.coopbook.rounds.neighbours import approve, furnish_street, lend
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import ON, in_english
from tests.webui.test_policy import only


def bad(coop: Coop, *, weekly: bool = False) -> int:
    """Lend somebody money of which nothing is paid; by the week it is lost by now."""
    with coop.open() as book:
        for name, value in (
            ("share_arrears_to_borrow", 99),
            ("write_off_letters", 0),
            ("write_off_provided", 0),
            ("waiver_body", 1),
        ):
            by_law(book, name, value)
        if weekly:
            kind = loans.product(book, "productive")
            kind.conditions = Conditions(every=Every(1, Unit.WEEK)).text()
        (who, *_) = furnish_street(book, ("Wati", "Tuti"))
        return lend(book, who).number


@pytest.fixture
def gone(desks: Desks) -> int:
    """A loan that the policy of the book calls lost today."""
    return bad(desks.coop, weekly=True)


def decide(coop: Coop, body: DecisionBody = DecisionBody.BOARD) -> int:
    with coop.open() as book:
        return decided(book, TODAY - timedelta(days=1), body)


def agree(coop: Coop, kind: str, number: int) -> None:
    with coop.open() as book:
        waits = approvals.pending_for(book, f"loan:{number}", kind)
        assert waits is not None
        approve(book, waits, "sari")


def test_what_is_missing_is_said_before_anybody_asks(desks: Desks) -> None:
    number = bad(desks.coop)
    in_english(desks, "dewi")
    page = plain(desks.get(f"/loans/{number}/write-off"))
    assert "it is in the worst class of the policy ▲ not yet" in page
    assert "No decision of the board or the members is entered yet" in page
    decide(desks.coop)
    told = desks.send(
        f"/loans/{number}/write-off", decision="1", reason="pindah", on=ON
    )
    assert told.status_code == 422
    assert "cannot be written off yet" in plain(told)


def test_a_loan_is_written_off_at_the_desk_and_paid_later(
    desks: Desks, gone: int
) -> None:
    decide(desks.coop)
    in_english(desks, "dewi")
    page = plain(desks.get(f"/loans/{gone}/write-off"))
    assert "it is in the worst class of the policy ● yes" in page
    assert "Written-off loans still claimed" in page
    asked = {"decision": "1", "reason": "pindah", "on": ON}
    shown = plain(desks.send(f"/loans/{gone}/write-off", **asked))
    assert "leaves the books with Rp 1.200.000" in shown
    assert desks.post(f"/loans/{gone}/write-off", **asked).status_code == 302
    again = desks.send(f"/loans/{gone}/write-off", **asked)
    assert "waits already" in plain(again)
    agree(desks.coop, "baddebts.write_off", gone)

    page = plain(desks.get(f"/loans/{gone}"))
    assert "written off, still owed" in page
    claim = plain(desks.get(f"/loans/{gone}/claim"))
    assert "Nothing came in yet." in claim
    assert "pindah" in claim
    assert "Money on a written-off loan" not in page, "not of a credit officer"
    in_english(desks, "rina")
    assert "Money on a written-off loan" in plain(desks.get(f"/loans/{gone}"))
    paid = {"amount": "200000", "source": "cash", "payer": "Kakak", "on": ON}
    shown = plain(desks.send(f"/loans/{gone}/recovery", **paid))
    assert "Rp 200.000 comes in on loan" in shown
    assert desks.post(f"/loans/{gone}/recovery", **paid).status_code == 302
    too_much = desks.send(f"/loans/{gone}/recovery", **{**paid, "amount": "9000000"})
    assert "is more" in plain(too_much)
    with desks.coop.read() as book:
        assert ledger.account_balance(book, chart.RECOVERIES) == Money(200_000)
        assert baddebts.claim(book, loans.loan(book, gone)).recovered == Money(200_000)


def test_a_claim_is_waived_by_a_decision_and_the_borrower_is_told(
    desks: Desks, gone: int
) -> None:
    decide(desks.coop)
    in_english(desks, "dewi")
    desks.post(f"/loans/{gone}/write-off", decision="1", reason="pindah", on=ON)
    agree(desks.coop, "baddebts.write_off", gone)
    with desks.coop.read() as book:
        left = baddebts.claim(book, loans.loan(book, gone)).left.total
    asked = {"amount": str(left.units), "decision": "1", "reason": "sakit", "on": ON}
    early = desks.send(f"/loans/{gone}/claim/waiver", **asked)
    assert "is not asked any more" not in plain(early)  # from before the write-off
    with desks.coop.open() as book:
        asked["decision"] = str(decided(book, TODAY, title="Hapus tagih"))
    shown = plain(desks.send(f"/loans/{gone}/claim/waiver", **asked))
    assert "is not asked any more" in shown
    assert desks.post(f"/loans/{gone}/claim/waiver", **asked).status_code == 302
    agree(desks.coop, "baddebts.waive", gone)
    with desks.coop.read() as book:
        (row,) = baddebts.waivers(book)
        number = row.entry_number
        assert baddebts.claim(book, loans.loan(book, gone)).left.total == ZERO
    page = plain(desks.get(f"/loans/{gone}/claim"))
    assert "nothing more is asked" in page
    told = f"/loans/{gone}/claim/{number}/told"
    assert desks.post(told, on=ON).status_code == 302
    again = desks.send(told, on=ON)
    assert "it is not taken back" in plain(again)
    assert desks.get(f"/loans/{gone}/claim/999/told").status_code == 404


def test_the_member_sees_the_claim_and_nobody_elses(desks: Desks, gone: int) -> None:
    decide(desks.coop)
    in_english(desks, "dewi")
    desks.post(f"/loans/{gone}/write-off", decision="1", reason="pindah", on=ON)
    agree(desks.coop, "baddebts.write_off", gone)
    with desks.coop.open() as book:
        loan = loans.loan(book, gone)
        assert loan.state is LoanState.WRITTEN_OFF
        left = baddebts.claim(book, loan).left.total
        member = loan.member_number
    page = plain(desks.get(f"/members/{member}"))
    figure = f"{left.units:,}".replace(",", ".")
    assert figure in page
    name = only(desks.coop, Role.MEMBER)  # this one is member 1, not the borrower
    in_english(desks, name)
    assert desks.get(f"/mine/loans/{gone}").status_code == 404
    assert desks.get(f"/loans/{gone}/claim").status_code == 403


def test_a_loan_that_runs_has_no_claim(desks: Desks) -> None:
    number = bad(desks.coop)
    in_english(desks, "dewi")
    assert desks.get(f"/loans/{number}/claim").status_code == 404
    assert desks.get("/loans/99/claim").status_code == 404
    assert desks.get("/loans/99/write-off").status_code == 404


def pledged(coop: Coop, number: int) -> int:
    """Let a motorcycle lie here for a loan."""
    with coop.open() as book:
        row = security.pledge(
            *(book, loans.loan(book, number)),
            kind=security.CollateralKind.VEHICLE,
            description="Sepeda motor",
            document="BPKB 7",
            owner="Wati",
            relation="sendiri",
            value=Money(3_000_000),
            appraised_by="Dewi",
            kept_where="Lemari",
            on=TODAY,
        )
        return row.number


def test_collateral_is_taken_over_and_sold_at_the_desks(desks: Desks) -> None:
    number = bad(desks.coop)
    thing = pledged(desks.coop, number)
    decide(desks.coop)
    in_english(desks, "dewi")
    assert f"/collateral/{thing}/taking-over" in desks.text(f"/loans/{number}/backing")
    asked = {"value": "700000", "decision": "1", "reason": "menyerahkan", "on": ON}
    shown = plain(desks.send(f"/collateral/{thing}/taking-over", **asked))
    assert "becomes the cooperative's at Rp 700.000" in shown
    posted = desks.post(f"/collateral/{thing}/taking-over", **asked)
    assert posted.status_code == 302
    in_english(desks, "rina")
    assert desks.get(f"/collateral/{thing}/sale").status_code == 404
    agree(desks.coop, "baddebts.foreclose", number)
    page = plain(desks.get(f"/loans/{number}/backing"))
    assert "taken over by the cooperative on 16/03/2026" in page
    sold = {
        "price": "750000",
        "buyer": "Pak Harto",
        "to_borrower": "30000",
        "source": "cash",
        "on": ON,
    }
    assert "It stands in the books at Rp 700.000" in plain(
        desks.get(f"/collateral/{thing}/sale")
    )
    too_much = desks.send(
        f"/collateral/{thing}/sale", **{**sold, "to_borrower": "60000"}
    )
    assert "cannot go to the borrower" in plain(too_much)
    assert desks.post(f"/collateral/{thing}/sale", **sold).status_code == 302
    assert desks.get(f"/collateral/{thing}/sale").status_code == 404
    assert "sold for Rp 750.000" in plain(desks.get(f"/loans/{number}/backing"))
    with desks.coop.read() as book:
        assert ledger.account_balance(book, chart.OTHER_HELD) == Money(30_000)


def test_an_insurance_pays_for_who_has_died(desks: Desks) -> None:
    number = bad(desks.coop)
    in_english(desks, "rina")
    asked = {"amount": "9000000", "insurer": "Asuransi", "reference": "P-1", "on": ON}
    early = desks.send(f"/loans/{number}/relief", **asked)
    assert "is not written down as deceased" in plain(early)
    with desks.coop.open() as book:
        loan = loans.loan(book, number)
        settlement.begin(
            *(book, loan.member, MemberStatus.DECEASED), on=TODAY, reason="wafat"
        )
    assert "Insurance pays" in plain(desks.get(f"/loans/{number}"))
    assert desks.post(f"/loans/{number}/relief", **asked).status_code == 302
    with desks.coop.read() as book:
        assert loans.loan(book, number).state is LoanState.SETTLED
