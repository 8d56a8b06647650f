from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from coopbook import ledger
from coopbook.ledger.bulk import EntryDraft, post_all, post_columns
from coopbook.ledger.carrying import _added
from coopbook.ledger.digesting import PLAIN, Writing
from coopbook.ledger.model import Balance, DayBalance, Entry, Line
from coopbook.ledger.posting import entry_hash
from coopbook.ledger.rules import (
    AccountArchived,
    NoSuchAccount,
    NoSuchCard,
    NotAnAmount,
    Unbalanced,
    VoucherKind,
    credit,
    debit,
)
from coopbook.money import LARGEST, Money
from coopbook.verification import verify
from tests.conftest import VAULT

JANUARY, MARCH = date(2026, 1, 9), date(2026, 3, 2)
moves = st.dictionaries(
    st.integers(1, 12), st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1
)


@given(st.dictionaries(st.integers(1, 12), st.tuples(*[st.integers(0, 99)] * 2)), moves)
def test_months_carry_over_whatever_is_added_wherever(before, added):
    kept = _added([], before) if before else []
    rows = [(when, *figures) for when, figures in kept]

    changed = dict(_added(rows, added))

    whole = {when: figures for when, *figures in rows} | changed
    running = 0
    for when in sorted(whole):
        opening, left, right = whole[when]
        assert opening == running
        assert (left, right) == tuple(
            before.get(when, (0, 0))[side] + added.get(when, (0, 0))[side]
            for side in (0, 1)
        )
        running += left - right


texts = st.text(max_size=9)
sides = st.tuples(
    *[st.integers(1, 2**53)] * 4,
    *[st.none() | st.integers(1, 9)],
    *[st.none() | texts] * 4,
)


@given(
    who=st.tuples(texts, texts, st.none() | texts),
    made=st.lists(
        st.tuples(
            texts,
            st.sampled_from(VoucherKind),
            st.none() | st.integers(1, 9**9),
            st.lists(sides, max_size=4),
        ),
        max_size=4,
    ),
)
def test_a_digest_written_in_bulk_is_the_one_of_the_door(who, made):
    actor, source, once = who
    at, before = "2026-03-02T01:02:03.000004+00:00", "f" * 64
    writing = Writing(3, at, actor, source, once)
    for number, (memo, kind, reverses, lines) in enumerate(made, start=7):
        entry = (
            *(3, number, "2026-03-02", at, actor, memo, f"{kind.value}-2026-000007"),
            *(kind.value, source, reverses, None, once, before),
        )
        columns = [(n, "2026-03-02", *line) for n, line in enumerate(lines, start=1)]
        assert writing.hash(entry, columns) == entry_hash(entry, columns)
        plain = [(*column[:6], *PLAIN) for column in columns]
        four = [column[2:6] for column in columns]
        assert writing.hash_plain(entry, four) == entry_hash(entry, plain)


@pytest.mark.parametrize("count", [99, 100, 101, 205])
def test_rows_that_share_a_statement_are_all_there(coop, count):
    lines = (debit(11201, Money(5)), credit(21901, Money(5)))
    with coop.open() as book:
        numbers = post_all(
            *(book, [EntryDraft(MARCH, f"row {n}", lines) for n in range(count)]),
            source="test",
        )
        memos = [ledger.entry(book, number).memo for number in numbers]

    assert memos == [f"row {n}" for n in range(count)]
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [check.finding for check in checks if check.finding] == []


def drafts():
    """Entries out of the order of dates, of two kinds, on cards and accounts."""
    rows = [
        (MARCH, 1_000, VoucherKind.BBM),
        (JANUARY, 400, VoucherKind.BM),
        (date(2026, 2, 27), 30, VoucherKind.BBM),
        (MARCH, 7, VoucherKind.BM),
        (JANUARY, 1, VoucherKind.BM),
    ]
    return [
        EntryDraft(
            on,
            f"row {units}",
            (debit(11201, Money(units)), credit(21101, Money(units), card=2)),
            kind,
        )
        for on, units, kind in rows
    ]


def figures(book):
    """Return everything the ledger keeps, but hashes and moments."""
    found = []
    for model, but in (
        (Line, ()),
        (Entry, ("recorded_at", "hash", "previous")),
        (Balance, ()),
        (DayBalance, ()),
    ):
        key = [c.name for c in model.__table__.primary_key]
        for row in book.session.scalars(
            select(model)
            .where(model.cooperative_id == book.cooperative_id)
            .execution_options(populate_existing=True)
        ):
            columns = {c.name: getattr(row, c.name) for c in model.__table__.columns}
            for name in ("cooperative_id", *but):
                columns.pop(name)
            found.append((model.__name__, [str(columns.get(k)) for k in key], columns))
    return sorted(found, key=lambda each: each[:2])


def test_one_entry_of_many_lines_carries_what_the_door_carries(coop):
    """The database adds up what the door adds up, dated back and on a card twice."""
    lines = (
        *(debit(11201, Money(90)), credit(21101, Money(40), card=2)),
        *(credit(21101, Money(30), card=2), credit(21901, Money(25))),
        *(debit(21901, Money(5)),),
    )
    dated = [MARCH, JANUARY, date(2026, 2, 27), JANUARY, MARCH]
    columns = [(one[0], one[3], one[1].units, one[2].units) for one in lines]

    def door(book, on):
        ledger.post(book, on=on, memo="x", lines=lines, source="test")

    def carried(book, on):
        number = post_columns(book, columns, on=on, memo="x", source="test")
        assert number == book.number

    def together(book, on):
        post_all(book, [EntryDraft(on, "x", lines)], source="test")

    results = []
    for way in (door, carried, together):
        with pytest.raises(ZeroDivisionError), coop.open() as book:
            for on in dated:
                way(book, on)
            results.append(figures(book))
            raise ZeroDivisionError
    assert results[0] == results[1] == results[2]


def test_many_at_once_leave_what_one_by_one_leaves(coop):
    def one_by_one(book):
        for draft in drafts():
            ledger.post(
                *(book,),
                on=draft.on,
                memo=draft.memo,
                lines=draft.lines,
                kind=draft.kind,
                source="test",
            )

    def at_once(book):
        numbers = post_all(book, drafts(), source="test")
        assert [ledger.entry(book, number).memo for number in numbers] == [
            draft.memo for draft in drafts()
        ]

    results = []
    for way in (one_by_one, at_once):
        with pytest.raises(ZeroDivisionError), coop.open() as book:
            way(book)
            results.append(figures(book))
            raise ZeroDivisionError
    assert results[0] == results[1]


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ((debit(11201, Money(5)), credit(21901, Money(4))), Unbalanced),
        ((debit(11201, Money(0)), credit(21901, Money(0))), NotAnAmount),
        ((debit(11201, Money(-5)), credit(21901, Money(-5))), NotAnAmount),
        ((debit(11201, Money(5)),), Unbalanced),
        ((debit(11201, Money(5)), credit(99_998, Money(5))), NoSuchAccount),
        ((debit(11201, Money(5)), credit(21101, Money(5), card=77)), NoSuchCard),
    ],
)
def test_what_the_door_refuses_is_refused_in_bulk(book, lines, refusal):
    before = book.number
    with pytest.raises(refusal):
        post_all(book, [*drafts(), EntryDraft(JANUARY, "wrong", lines)], source="test")

    assert book.number == before


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ([(11201, 0, 5, 0), (21901, 0, 0, 4)], Unbalanced),
        ([(11201, 0, 0, 0), (21901, 0, 0, 0)], NotAnAmount),
        ([(11201, 0, -5, 0), (21901, 0, 0, -5)], NotAnAmount),
        ([(11201, 0, LARGEST + 1, 0), (21901, 0, 0, LARGEST + 1)], NotAnAmount),
        ([(11201, 0, 5, 0)], Unbalanced),
        ([], Unbalanced),
        ([(11201, 0, 5, 0), (99_998, 0, 0, 5)], NoSuchAccount),
        ([(11201, 0, 5, 0), (21101, 77, 0, 5)], NoSuchCard),
    ],
)
def test_what_the_door_refuses_is_refused_in_columns(book, columns, refusal):
    before = book.number
    with pytest.raises(refusal):
        post_columns(book, columns, on=JANUARY, memo="wrong", source="test")

    assert book.number == before


def test_columns_are_one_record_of_the_chain(coop):
    with coop.open() as book:
        columns = [(11201, 0, 450, 0), *[(21901, 0, 0, n) for n in range(30, 60)][:10]]
        columns[0] = (11201, 0, sum(credit for *_, credit in columns), 0)
        before = book.hash
        number = post_columns(book, columns, on=MARCH, memo="x", source="test")
        assert book.get(Entry, number).previous == before
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [check.finding for check in checks if check.finding] == []


def test_an_archived_account_takes_nothing_in_bulk(book):
    ledger.archive(book, 11202, on=JANUARY)
    lines = (debit(11202, Money(5)), credit(21901, Money(5)))

    with pytest.raises(AccountArchived):
        post_all(book, [EntryDraft(JANUARY, "wrong", lines)], source="test")


def test_whoever_waits_hears_how_far_it_is_and_the_chain_does_not_mind(
    coop, monkeypatch
):
    heard = []
    monkeypatch.setattr("coopbook.ledger.bulk.AT_ONCE", 2)
    with coop.open() as book:
        first = book.number + 1
        numbers = post_all(
            book,
            drafts(),
            source="test",
            told=lambda done, of: heard.append((done, of)),
        )
        assert numbers == range(first, first + 5)
        entries = [book.get(Entry, number) for number in numbers]
        assert [one.previous for one in entries[1:]] == [
            one.hash for one in entries[:-1]
        ]
    assert heard == [(2, 5), (4, 5), (5, 5)]
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [check.finding for check in checks if check.finding] == []
