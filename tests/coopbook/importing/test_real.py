from collections import Counter
from datetime import date

import pytest

from coopbook import ledger, members
from coopbook.importing import altered_batches
from coopbook.importing.queries import preview
from coopbook.importing.rules import (
    FloorBroken,
    PrincipalMissing,
    PrincipalTooMuch,
    RepeatedPrincipal,
    RulesBroken,
)
from coopbook.importing.service import bring_in, post_import
from coopbook.ledger import chart
from coopbook.money import ZERO, Money

from .conftest import (
    END,
    held,
)


def test_the_real_bank_book_comes_in_to_the_rupiah(old, real):
    data = (real / "mutasi_giro_jan2017.xlsx").read_bytes()
    with old.open() as book:
        batch = bring_in(book, "bank-book", data)

        assert (batch.rows_in_file, batch.rows_posted, batch.rounding) == (63, 63, ZERO)
        assert held(book, chart.BANK) == Money(164_641_269)
        assert held(book, 21901) == Money(343_423_588 + 722_619_169)
        assert held(book, 11903) == Money(901_401_488)
        assert ledger.account_balance(
            book, chart.BANK, as_of=date(2017, 1, 2)
        ) == Money(343_423_588)
        assert bring_in(book, "bank-book", data) is None


def test_the_real_savings_come_in_with_total_cards_and_rounding(old, real):
    data = (real / "simpanan_transaksi.xlsx").read_bytes()
    with old.open() as book:
        looked = preview(book, "savings", data)

    assert Counter(type(problem.reason) for problem in looked.breaks) == {
        RepeatedPrincipal: 24,
        PrincipalMissing: 13,
        PrincipalTooMuch: 3,
        FloorBroken: 1,
    }
    (below,) = (p for p in looked.breaks if type(p.reason) is FloorBroken)
    assert below.reason.facts["left"] == Money(-1_950_000)
    assert below.reason.facts["on"] == date(2022, 7, 21)
    with pytest.raises(RulesBroken) as refusal, old.open() as book:
        post_import(book, looked)
    assert refusal.value.count == 41

    with old.open() as book:
        batch = post_import(book, looked, accept="kept under the old by-laws")

        assert (batch.rows_in_file, batch.rows_posted) == (4_517, 4_517)
        assert batch.sheet_total == "1969282975.669936810291"
        assert batch.lines_total == Money(1_969_282_977)
        assert batch.rounding == Money(-1)
        balances = {row.code: row for row in ledger.trial_balance(book, END)}
        assert {code: row.credit.units for code, row in balances.items()} == {
            "11903": 0,
            "21101": 188_965_000 - 46_500_000,
            "21405": 41_307_977,
            "21901": 46_500_001,
            "31001": 37_125_000,
            "31002": 1_748_385_000,
            "52026": 0,
        }
        assert balances["52026"].debit == Money(1)
        other = balances["11903"].debit - balances["21901"].credit
        assert other == batch.lines_total + batch.rounding == Money(1_969_282_976)
        assert len(members.register(book, limit=1_000)) == 375
        assert altered_batches(book.session.connection(), book.cooperative_id) == []
        assert bring_in(book, "savings", data, accept="again") is None
