"""A leaving that takes own capital below its beginning is warned about, not refused."""

from coopbook import ledger, members, settlement
from coopbook.cooperatives import set_setting
from coopbook.ledger.queries import own_capital
from coopbook.members import MemberStatus
from coopbook.money import Money
from tests.conftest import TODAY


def test_the_shares_that_leave_are_weighed_against_the_first_capital(book):
    siti = members.member(book, 1)
    assert own_capital(book, TODAY) == Money(100_000)
    ledger.post(
        book,
        on=TODAY,
        memo="Hibah",
        lines=[
            ledger.debit(11102, Money(500_000)),
            ledger.credit(33002, Money(500_000)),
        ],
    )

    def found():
        said = settlement.reckon(book, siti, MemberStatus.RESIGNED, TODAY)
        return settlement.below_initial(book, said)

    assert found() is None, "nobody has said what it began with"
    set_setting(book, "initial_capital", 500_000, valid_from=TODAY, source="akta")
    assert found() is None, "600.000 without 100.000 is just enough"
    later = TODAY.replace(day=TODAY.day + 1)
    set_setting(book, "initial_capital", 500_001, valid_from=later, source="akta")
    said = settlement.reckon(book, siti, MemberStatus.RESIGNED, later)
    below = settlement.below_initial(book, said)
    assert (below.left, below.least) == (Money(500_000), Money(500_001))

    row = settlement.begin(book, siti, MemberStatus.RESIGNED, on=later, reason="pindah")
    settlement.settle(book, row, on=later, set_off=False)
    assert own_capital(book, later) == Money(500_000)


def test_who_takes_no_shares_along_is_warned_about_nothing(book):
    set_setting(book, "initial_capital", 10**9, valid_from=TODAY, source="akta")
    said = settlement.reckon(
        book, members.member(book, 2), MemberStatus.RESIGNED, TODAY
    )
    assert settlement.below_initial(book, said) is None
