import pytest
from sqlalchemy import select, text

from coopbook import ledger, members, savings
from coopbook.importing import altered_batches
from coopbook.importing.model import ImportBatch, ImportRow
from coopbook.importing.queries import preview
from coopbook.importing.service import bring_in
from coopbook.money import Money

from .conftest import DAY, LATER, MEMBER, held, lines, savings_sheet, workbook


def test_each_row_becomes_an_entry_in_the_order_of_the_file(old):
    sheet = savings_sheet(
        (LATER, 10, "sukarela", "setor", 75_000),
        (DAY, 10, "pokok", "setor", 100_000),
        (LATER, 10, "sukarela", "tarik", 60_000),
        (LATER, 10, "shu", "debit", 5_000),
    )

    with old.open() as book:
        batch = bring_in(book, "savings", sheet)

        (siti,) = members.register(book)
        voluntary, principal = (
            savings.queries.account_for(book, siti, code).number
            for code in ("voluntary", "principal")
        )
        assert lines(book) == [
            *((11903, 0, 75_000), (21101, voluntary, -75_000)),
            *((11903, 0, 100_000), (31001, principal, -100_000)),
            *((21101, voluntary, 60_000), (21901, 0, -60_000)),
            *((11903, 0, 5_000), (21405, siti.number, -5_000)),
        ]
        assert (batch.rows_in_file, batch.rows_posted, batch.breaks) == (4, 4, 0)
        assert batch.last_entry - batch.first_entry == 3
        entries = ledger.entries(book).rows
        assert {entry.source for entry in entries} == {"import.savings"}
        assert entries[0].memo == "Setoran SHU 0001"
        assert [entry.booked_on for entry in entries][-2:] == [DAY, LATER]


def test_members_are_admitted_once_and_known_by_their_old_number(old):
    with old.open() as book:
        bring_in(book, "savings", savings_sheet(*MEMBER))
        bring_in(
            book, "savings", savings_sheet((LATER, "10", "wajib", "setor", 25_000))
        )

        (siti,) = members.register(book)
        assert (siti.reference, siti.status.value, siti.active_on) == (
            *("10", "active", DAY),
        )
        assert siti.name == "Anggota 10"
        codes = {each.product.code for each in savings.accounts_of(book, siti)}
        assert codes == {"principal", "mandatory"}


def test_a_member_is_recognised_by_our_number_only_with_the_same_name(old):
    heads = ("Tanggal", "No Anggota", "Nama", "Simpanan", "Setoran", "Penarikan")
    with old.open() as book:
        members.admit(book, "Siti Aminah", on=DAY)
        members.admit(book, "Ani Lestari", on=DAY)

        bring_in(
            book,
            "savings",
            workbook(
                heads,
                (DAY, 1, "SITI AMINAH", "pokok", 100_000, ""),
                (DAY, 2, "Somebody Else", "pokok", 100_000, ""),
            ),
        )

        assert [
            (member.number, member.name, member.status.value)
            for member in members.register(book)
        ] == [
            (1, "Siti Aminah", "active"),
            (2, "Ani Lestari", "prospective"),
            (3, "Somebody Else", "active"),
        ]


def test_the_same_file_again_posts_nothing(old):
    sheet = savings_sheet(*MEMBER, (LATER, 10, "sukarela", "setor", 5_000))
    with old.open() as book:
        bring_in(book, "savings", sheet)
        before = lines(book)

    with old.open() as book:
        again = preview(book, "savings", sheet)

        assert (again.fresh, again.already, again.breaks) == ((), 2, ())
        assert bring_in(book, "savings", sheet) is None
        assert lines(book) == before


def test_an_overlapping_file_posts_what_the_first_did_not_have(old):
    same = (LATER, 10, "sukarela", "setor", 5_000)
    with old.open() as book:
        bring_in(book, "savings", savings_sheet(*MEMBER, same, same))

        batch = bring_in(
            book,
            "savings",
            savings_sheet(*[same] * 3, (LATER, 10, "wajib", "setor", 1)),
        )

        assert batch.rows_posted == 2
        assert held(book, 21101) == Money(15_000)
        assert held(book, 31002) == Money(1)


def test_the_twin_has_the_same_row_and_it_is_posted_here_all_the_same(old):
    rows = [(DAY, 10 * n, "pokok", "setor", 1_000_000) for n in (1, 2)]
    rows += [(DAY, 10, "sukarela", "setor", 500_000)]

    with old.open() as book:
        batch = bring_in(book, "savings", savings_sheet(*rows), accept="as it was")

        assert batch.rows_posted == 3
        assert held(book, 31001) == Money(2_000_000)


@pytest.mark.parametrize(
    ("fraction", "account", "left"), [(0.4, 43006, 1), (0.6, 52026, -1)]
)
def test_what_rounding_leaves_is_one_last_entry(old, fraction, account, left):
    rows = [(DAY, n, "pokok", "setor", 100_000) for n in (10, 20, 30)]
    rows += [(DAY, n, "shu", "setor", 100 + fraction) for n in (10, 20, 30)]

    with old.open() as book:
        batch = bring_in(book, "savings", savings_sheet(*rows))

        cards = held(book, 21405) + held(book, 31001)
        other = held(book, 11903) - held(book, 21901)
        exact = 300_300 + round(3 * fraction, 1)
        assert batch.sheet_total == f"{exact:.1f}"
        assert batch.lines_total == cards
        assert batch.rounding == Money(left)
        assert other == cards + batch.rounding == Money(round(exact))
        assert abs(held(book, account)) == Money(1)
        (last,) = ledger.entries(book, limit=1).rows
        assert last.memo == "Selisih pembulatan impor"
        assert len(ledger.entries(book, limit=50).rows) == 7


def test_a_row_of_less_than_half_a_rupiah_is_in_the_rounding_entry(old):
    rows = [*MEMBER, *[(DAY, 10, "shu", "setor", 0.3)] * 3]

    with old.open() as book:
        batch = bring_in(book, "savings", savings_sheet(*rows))

        assert batch.rounding == Money(1)
        assert batch.rows_posted == 4
        assert held(book, 43006) == Money(1)
        assert bring_in(book, "savings", savings_sheet(*rows)) is None


def test_sent_twice_under_one_key_it_is_done_once(old):
    sheet = savings_sheet(*MEMBER)
    with old.open() as book:
        first = book.once("form-7", bring_in, "savings", sheet)
        again = book.once("form-7", bring_in, "savings", sheet)

        assert again is first
        assert isinstance(again, ImportBatch)
        assert len(lines(book)) == 2


def test_reversing_an_imported_share_makes_a_candidate_again(old):
    with old.open() as book:
        batch = bring_in(book, "savings", savings_sheet(*MEMBER))
        ledger.reverse(
            book, ledger.entry(book, batch.first_entry), on=LATER, reason="salah"
        )

        assert members.member(book, 1).status.value == "prospective"


class Undone(Exception):
    """Ends a transaction of which nothing may stay."""


def test_rows_kept_of_a_batch_are_sealed_by_its_event(old):
    with pytest.raises(Undone), old.open() as book:
        bring_in(book, "savings", savings_sheet(*MEMBER))
        assert altered_batches(book.session.connection(), book.cooperative_id) == []
        (row,) = book.session.scalars(
            select(ImportRow).where(ImportRow.cooperative_id == book.cooperative_id)
        )

        connection = book.session.connection()
        on = "" if connection.dialect.name == "sqlite" else " ON import_row"
        connection.execute(text(f"DROP TRIGGER import_row_no_update{on}"))
        connection.execute(
            text("UPDATE import_row SET row_number = 3 WHERE identity = :it"),
            {"it": row.identity},
        )

        assert altered_batches(connection, book.cooperative_id) == [1]
        raise Undone  # the guard comes back with everything else
