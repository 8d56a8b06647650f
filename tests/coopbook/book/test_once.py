"""A key does one thing once, whatever was asked and however often."""

import threading
from decimal import Decimal

import pytest

from coopbook import ledger, members, savings
from coopbook.book import AlreadyOtherwise
from coopbook.book.canon import canonical, digest
from coopbook.money import Money
from tests.conftest import TODAY


def test_a_member_is_entered_once_for_a_key(coop):
    with coop.read() as book:
        first = book.once("m-1", members.admit, "Dewi", on=TODAY).number
        again = book.once("m-1", members.admit, "Dewi", on=TODAY).number
        with pytest.raises(AlreadyOtherwise):
            book.once("m-1", members.admit, "Dewa", on=TODAY)
        found = [row.name for row in members.register(book)]

    assert first == again == 3
    assert found.count("Dewi") == 1


def test_a_key_belongs_to_its_service(coop):
    with coop.read() as book:
        account = savings.account(book, 2)
        book.once("k", savings.deposit, account, Money(20_000), on=TODAY)
        with pytest.raises(AlreadyOtherwise):
            book.once("k", savings.withdraw, account, Money(20_000), on=TODAY)


def test_a_key_of_one_cooperative_says_nothing_in_another(coop, engine):
    from tests.conftest import found

    twin = found(engine, 10)
    numbers = []
    for each in (coop, twin):
        with each.read() as book:
            account = savings.account(book, 2)
            entry = book.once("same", savings.deposit, account, Money(7), on=TODAY)
            numbers.append(entry.cooperative_id)

    assert numbers == [coop.number, twin.number]


def test_eight_at_once_get_the_same_receipt(coop):
    receipts, errors = [], []

    def press():
        try:
            with coop.read() as book:
                account = savings.account(book, 2)
                entry = book.once("eight", savings.deposit, account, Money(9), on=TODAY)
                receipts.append(entry.voucher)
        except Exception as error:  # reported below
            errors.append(error)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert len(receipts) == 8 and len(set(receipts)) == 1
    with coop.read() as book:
        assert savings.balance(book, savings.account(book, 2)) == Money(100_009)


def test_what_is_written_down_is_written_in_one_way():
    assert digest({"b": 1, "a": [Money(2), TODAY]}) == digest(
        {"a": [Money(2), TODAY], "b": 1}
    )
    assert canonical("é") == '"\\u00e9"'
    assert canonical(Decimal("2034.50")) == '"2034.50"'
    with pytest.raises(TypeError):
        canonical(1.5)


def test_a_transaction_inside_a_transaction_is_part_of_it(coop):
    with pytest.raises(ledger.rules.ReasonNeeded), coop.open() as book:
        with book.transaction():
            members.admit(book, "Dewi", on=TODAY)
        raise ledger.rules.ReasonNeeded

    with coop.read() as book:
        assert len(members.register(book)) == 2
