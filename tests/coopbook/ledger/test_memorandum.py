"""Memorandum accounts stand beside the money, and reasons hold what can be read."""

from __future__ import annotations

import pytest

from coopbook import ledger
from coopbook.ledger import chart, credit, debit
from coopbook.ledger.bulk import EntryDraft, post_all, post_columns
from coopbook.ledger.rules import MemorandumApart, ReasonNeeded
from coopbook.money import Money
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, VAULT

CONTRA, COMMITTED, GRANT = 90_099, 90_004, 33_002
MUCH = Money(5_000)
MIXED = (debit(COMMITTED, MUCH), credit(GRANT, MUCH))
APART = (debit(COMMITTED, MUCH), credit(CONTRA, MUCH))


def test_money_and_memorandum_are_not_mixed(book):
    with pytest.raises(MemorandumApart, match="against 90099"):
        ledger.post(book, on=FIRST_DAY, memo="plafon", lines=MIXED)
    with pytest.raises(MemorandumApart):
        drafts = [EntryDraft(FIRST_DAY, "a", APART), EntryDraft(FIRST_DAY, "b", MIXED)]
        post_all(book, drafts, source="import")
    with pytest.raises(MemorandumApart):
        columns = [(COMMITTED, 0, 5_000, 0), (GRANT, 0, 0, 5_000)]
        post_columns(book, columns, on=FIRST_DAY, memo="x", source="import")
    ledger.post(book, on=FIRST_DAY, memo="plafon", lines=APART)
    both = (*APART, debit(chart.BANK, MUCH), credit(GRANT, MUCH))
    ledger.post(book, on=FIRST_DAY, memo="keduanya", lines=both)


def test_what_was_mixed_before_is_told_and_can_be_taken_back(coop):
    with coop.open() as book:
        first = ledger.post(book, on=FIRST_DAY, memo="plafon", lines=APART)
        ledger.post(
            *(book,),
            on=FIRST_DAY,
            memo="seperti dulu",
            lines=MIXED,
            reverses=first.number,
        )
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    said = [one.finding.said() for one in checks if one.finding]
    assert any("Memorandum accounts differ by 5,000" in each for each in said)


def test_unseen_characters_become_blanks(book):
    entry = ledger.post(book, on=FIRST_DAY, memo="a\x01b", lines=APART)
    assert entry.memo == "a b"
    back = ledger.reverse(book, entry, on=FIRST_DAY, reason="salah\x1fcatat")
    assert back.memo.endswith("salah catat")
    (number,) = post_all(book, [EntryDraft(FIRST_DAY, "c\x00d", APART)], source="x")
    assert ledger.entry(book, number).memo == "c d"
    with pytest.raises(ReasonNeeded):
        ledger.reverse(book, ledger.entry(book, number), on=FIRST_DAY, reason="\x01")
