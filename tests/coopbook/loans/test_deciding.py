"""Nobody proposes, approves and pays out; who decides goes by amount and by tie."""

import itertools
from datetime import timedelta

import pytest

from coopbook import decisions, ledger, loans, members
from coopbook.cooperatives import Office, begin_term, set_setting
from coopbook.decisions import DecisionBody
from coopbook.ledger import chart, credit, debit
from coopbook.loans import LoanState, rules
from coopbook.loans.deciding import KIND, RELATED, SMALL
from coopbook.members import Relation
from coopbook.money import Money
from coopbook.people import Role, add_user, approvals
from coopbook.people.approvals import KINDS
from coopbook.people.rules import NotYourDecision, OwnRequest
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY, as_

PAIRS = list(itertools.combinations_with_replacement(sorted(Role), 2))
DECIDERS = {
    SMALL: {Role.TREASURER, Role.MANAGER},
    KIND: {Role.MANAGER},
    RELATED: {Role.SUPERVISOR},
}


def applied(book, amount=1_000_000, who="dewi", **more):
    with as_(book, who):
        return loans.apply(
            *(book, members.member(book, 1), loans.product(book, "productive")),
            Money(amount),
            term=10,
            purpose="modal",
            on=TODAY,
            **more,
        )


def approve(book, loan, who="budi"):
    with as_(book, who):
        asked = loans.asked_for(book, loan)
        return approvals.approve(book, asked.number, digest=asked.digest)


def funded(book, amount=100_000_000):
    ledger.post(
        book,
        on=TODAY,
        memo="Hibah",
        lines=[debit(chart.TELLER_CASH, Money(amount)), credit(33002, Money(amount))],
    )


def person(book, name, roles, member=None):
    return add_user(
        *(book, name, name.title(), PASSWORD_HASH, roles),
        on=FIRST_DAY,
        hashed=True,
        member_number=member,
    )


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "+".join(pair))
def test_no_one_log_in_proposes_approves_and_pays_out(coop, pair):
    with coop.open() as book:
        funded(book)
        person(book, "joko", set(pair))
        own = applied(book, who="joko")
        with pytest.raises((OwnRequest, NotYourDecision)):
            approve(book, own, "joko")
        assert own.state is LoanState.APPLIED

        other = applied(book)
        may = bool(DECIDERS[SMALL] & set(pair))
        if not may:
            with pytest.raises(NotYourDecision):
                approve(book, other, "joko")
            return
        approve(book, other, "joko")
        with as_(book, "joko"), pytest.raises(rules.ApproverDisburses):
            loans.disburse(book, other, on=TODAY)


@pytest.mark.parametrize("kind", sorted(DECIDERS))
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "+".join(pair))
def test_each_kind_of_loan_is_decided_by_its_roles_and_no_other(kind, pair):
    assert bool(KINDS[kind].deciders & set(pair)) == bool(DECIDERS[kind] & set(pair))


def test_a_small_loan_goes_to_the_treasurer_a_larger_one_to_the_manager(coop):
    with coop.open() as book:
        small, large = applied(book), applied(book, 5_000_000)
        approve(book, small, "tono")
        with pytest.raises(NotYourDecision):
            approve(book, large, "tono")
        approve(book, large)

        assert (small.approved_by, large.approved_by) == ("tono", "budi")


def test_a_very_large_loan_needs_a_decision_of_the_board(coop):
    with coop.open() as book:
        set_setting(
            *(book, "loan_chair_limit", 10_000_000),
            valid_from=FIRST_DAY,
            source="AD",
            on=FIRST_DAY - timedelta(days=1),
        )
        bare = applied(book, 12_000_000)
        with pytest.raises(rules.BoardDecides, match="the board decides together"):
            approve(book, bare)
        decided = decisions.enter_decision(
            book, body=DecisionBody.BOARD, title="Pinjaman", text="Baik.", on=TODAY
        )
        carried = applied(book, 12_000_000, decision=decided.number)

        assert approve(book, carried).state is LoanState.APPROVED


def test_a_loan_of_a_related_party_needs_board_and_supervisors(coop):
    with coop.open() as book:
        funded(book)
        person(book, "ketua", [Role.MANAGER], member=1)
        loan = applied(book)
        assert loan.related == "Ketua"
        with pytest.raises(rules.OwnLoan):
            approve(book, loan, "ketua")
        approve(book, loan)
        assert loan.state is LoanState.APPLIED
        with as_(book, "rina"), pytest.raises(rules.WrongState):
            loans.disburse(book, loan, on=TODAY)
        approve(book, loan, "sari")

        assert loan.state is LoanState.APPROVED
        assert (loan.approved_by, loan.agreed_by) == ("budi", "sari")
        for who in ("budi", "sari"):
            with as_(book, who), pytest.raises(rules.ApproverDisburses):
                loans.disburse(book, loan, on=TODAY)
        with as_(book, "rina"):
            loans.disburse(book, loan, on=TODAY)


@pytest.mark.parametrize("tie", ["household", "kin"])
def test_nobody_decides_on_a_loan_of_their_house_or_their_kin(coop, tie):
    with coop.open() as book:
        siti, ani = members.member(book, 1), members.member(book, 2)
        person(book, "ani", [Role.TREASURER], member=2)
        if tie == "household":
            house = members.set_household(book, siti, name="Krajan 4")
            members.set_household(book, ani, household=house.number)
        else:
            members.add_kin(book, siti, Relation.SIBLING, other=ani)
        loan = applied(book)
        assert loan.related == "Ani"
        with pytest.raises((rules.RelatedDecides, NotYourDecision)):
            approve(book, loan, "ani")


def test_the_lending_limit_holds_at_approval_and_at_disbursement(coop):
    with coop.open() as book:
        set_setting(
            *(book, "lending_limit_binding", 1), valid_from=TODAY, source="AD", on=TODAY
        )
        funded(book, 20_000_000)
        first, second = applied(book, 1_900_000), applied(book, 1_900_000)
        # Own capital is 20,000,000 and a principal share; 15 % of it is 3,015,000.
        approve(book, first)
        approve(book, second)
        with as_(book, "rina"):
            loans.disburse(book, first, on=TODAY)
            with pytest.raises(rules.AboveLendingLimit) as refusal:
                loans.disburse(book, second, on=TODAY)
        assert refusal.value.most == Money(3_015_000)
        assert refusal.value.room == Money(3_015_000 - 1_900_000)
        third = applied(book, 1_900_000)
        with pytest.raises(rules.AboveLendingLimit, match="more can be lent"):
            approve(book, third)


def test_a_loan_remembers_in_whose_terms_it_was_approved(coop):
    with coop.open() as book:
        board = begin_term(
            book, Office.BOARD, "Pengurus 2024", on=FIRST_DAY, source="RAT 2024"
        )
        head = begin_term(
            book, Office.VILLAGE_HEAD, "Pak Karno", on=FIRST_DAY, source="SK Bupati"
        )
        loan = applied(book)
        approve(book, loan)

        assert (loan.board_term, loan.head_term) == (board.number, head.number)
        assert (loan.applied_by, loan.approved_by) == ("dewi", "budi")
