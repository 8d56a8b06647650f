"""Accounts are added, re-coded and archived; the past stays where it was."""

import pytest

from coopbook import ledger
from coopbook.ledger import rules as ledger_rules
from coopbook.ledger.accounts import CodeTaken, NotACode, StillHoldsMoney
from coopbook.ledger.chart import TELLER_CASH, VAULT_CASH, standard_chart
from coopbook.money import Money
from tests.conftest import TODAY


def test_every_account_of_the_chart_has_a_name_in_both_languages():
    for row in standard_chart():
        assert row.name_id and row.name_en
        assert row.name_id != row.name_en or row.name_id in {"QRIS"}


def test_a_contra_account_grows_on_the_other_side():
    sides = {row.number: row.normal_balance for row in standard_chart()}

    assert sides[11490] == sides[13092] == "credit"
    assert sides[34003] == sides[11401] == "debit"


def test_an_added_account_takes_lines_at_once(book):
    row = ledger.add_account(
        book,
        "52028",
        name_id="Beban Kebersihan",
        name_en="Cleaning",
        account_type=ledger.AccountType.EXPENSE,
    )

    entry = ledger.post(
        book,
        on=TODAY,
        memo="Sapu",
        lines=[
            ledger.debit(row.number, Money(9_000)),
            ledger.credit(TELLER_CASH, Money(9_000)),
        ],
    )

    assert row.number > 99_999
    assert entry.number
    assert [r.code for r in ledger.trial_balance(book, TODAY)][-1] == "52028"


def test_a_recoded_account_keeps_its_number_and_its_lines(book):
    before = ledger.account_balance(book, TELLER_CASH)

    ledger.recode(book, TELLER_CASH, "1-1102")

    assert ledger.account(book, TELLER_CASH).code == "1-1102"
    assert ledger.account_balance(book, TELLER_CASH) == before
    last = book.session.connection().exec_driver_sql(
        "SELECT body FROM event WHERE cooperative_id ="
        f" {book.cooperative_id} ORDER BY number DESC LIMIT 1"
    )
    assert '"code":"1-1102"' in last.scalar_one()


@pytest.mark.parametrize("code", ["", "   ", "1/1", "kas kecil", "9" * 21])
def test_a_code_is_short_and_plain(book, code):
    with pytest.raises(NotACode):
        ledger.recode(book, TELLER_CASH, code)


def test_a_code_belongs_to_one_account(book):
    with pytest.raises(CodeTaken):
        ledger.recode(book, TELLER_CASH, "11101")
    assert ledger.recode(book, TELLER_CASH, "11102").code == "11102"


def test_an_archived_account_takes_no_lines_and_its_past_is_read(book):
    lines = [
        ledger.debit(VAULT_CASH, Money(5)),
        ledger.credit(TELLER_CASH, Money(5)),
    ]
    entry = ledger.post(book, on=TODAY, memo="x", lines=lines)
    with pytest.raises(StillHoldsMoney):
        ledger.archive(book, VAULT_CASH, on=TODAY)
    ledger.reverse(book, entry, on=TODAY, reason="x")
    ledger.archive(book, VAULT_CASH, on=TODAY)

    with pytest.raises(ledger_rules.AccountArchived):
        ledger.post(book, on=TODAY, memo="x", lines=lines)
    assert len(ledger.account_statement(book, VAULT_CASH).rows) == 2
    assert VAULT_CASH not in {a.number for a in ledger.accounts(book, archived=False)}


def test_nothing_is_deleted_through_the_session(book):
    row = ledger.account(book, VAULT_CASH)
    book.session.delete(row)
    with pytest.raises(AssertionError, match="archived or ended"):
        book.session.flush()
    book.session.expunge(row)
    book.session.rollback()
