"""Whoever has something to say about a reversal is heard, however many there are."""

from coopbook import ledger
from coopbook.ledger import posting
from coopbook.money import Money
from tests.conftest import TODAY


def test_every_check_and_every_mending_of_a_source_is_asked(book, monkeypatch):
    monkeypatch.setattr(posting, "CHECKS", {})
    monkeypatch.setattr(posting, "UNDO", {})
    heard = []
    for name in ("one", "two"):
        posting.before_reversal("uji")(lambda book, entry, n=name: heard.append(n))
        posting.when_reversed("uji")(
            lambda book, entry, reversal, n=name: heard.append(n)
        )
    entry = ledger.post(
        book,
        on=TODAY,
        memo="uji",
        lines=[ledger.debit(11102, Money(1)), ledger.credit(33002, Money(1))],
        source="uji",
    )

    ledger.reverse(book, entry, on=TODAY, reason="uji")

    assert heard == ["one", "two", "one", "two"]
