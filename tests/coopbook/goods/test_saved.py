"""What members saved in the shop: at the prices of the moment, less what came back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import text

from coopbook import goods, ledger, yearend
from coopbook.money import ZERO, Money
from coopbook.printing.loan_sheet import Printed
from coopbook.printing.meetingbook import meeting_book_of, meeting_book_pdf
from tests.conftest import FIRST_DAY, found
from tests.coopbook.goods.shop import KILO, RICE, SOAP, bought, opened
from tests.oracles.naive_shop import saved

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
DAYS = [date(2026, 2, 2), date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 3)]


def shop(book):
    opened(book)
    for _ in range(4):
        bought(book, 100, 900_000)
    bought(book, 100, 300_000, of=SOAP)


def set_prices(book, mine, others):
    goods.change_item(
        book, RICE, member_price=Money(mine), other_price=Money(others), active=True
    )


def test_a_sale_to_a_member_keeps_the_price_for_others(book):
    shop(book)
    lines = [(RICE, 2_500), (SOAP, 3 * KILO)]
    entry = goods.sell(book, lines, on=FIRST_DAY, member=1)
    rows = goods.movements_of(book, entry.number)
    assert [one.other_takings for one in rows] == [Money(35_000), Money(12_000)]
    assert goods.member_sales(book, *YEAR) == goods.MemberSales(
        Money(43_000), Money(47_000), 0, None
    )
    other = goods.sell(book, lines, on=FIRST_DAY)
    (bag, *_) = goods.movements_of(book, other.number)
    assert bag.other_takings is None
    assert goods.member_sales(book, *YEAR).takings == Money(43_000)


def test_what_is_taken_back_saved_nothing_on_its_own_day(book):
    shop(book)
    entry = goods.sell(book, [(RICE, KILO)], on=DAYS[1], member=1)
    back_of = ledger.reverse(book, entry, on=DAYS[2], reason="salah")
    this, after = goods.member_sales(book, *YEAR), (DAYS[2], DAYS[3])
    assert (this.takings, this.other_takings) == (Money(13_000), Money(14_000))
    back = goods.member_sales(book, *after)
    assert (back.takings, back.other_takings) == (Money(-13_000), Money(-14_000))
    assert goods.member_sales(book, YEAR[0], DAYS[3]).other_takings == ZERO
    (row,) = goods.movements_of(book, back_of.number)
    assert row.other_takings == Money(-14_000)


def test_a_purchase_taken_back_knows_no_price_for_others(book):
    shop(book)
    entry = bought(book, 1, 9_000)
    back = ledger.reverse(book, entry, on=FIRST_DAY, reason="salah")
    (row,) = goods.movements_of(book, back.number)
    assert row.other_takings is None


PRICE = st.integers(2, 50_000)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("price"), PRICE, PRICE),
        st.tuples(st.just("sell"), st.integers(500, 20_000), st.booleans()),
        st.tuples(st.just("back"), st.integers(0, 9), st.none()),
        st.tuples(st.just("day"), st.none(), st.none()),
    ),
    max_size=12,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS)
def test_every_sale_counts_as_on_paper(engine, acts):
    coop, paper, sales, day = found(engine), [], [], 0
    with coop.open() as book:
        shop(book)
        mine, others = 13_000, 14_000
        for what, one, other in acts:
            year = DAYS[day].year
            if what == "price":
                mine, others = one, other
                set_prices(book, mine, others)
            elif what == "day":
                day = min(day + 1, len(DAYS) - 1)
            elif what == "sell":
                about = (one, mine, others)
                member = 1 if other else None
                sold = goods.sell(book, [(RICE, one)], on=DAYS[day], member=member)
                if member:
                    paper.append((year, *about, 1))
                sales.append((sold, about, member))
            elif sales:
                sold, about, member = sales.pop(one % len(sales))
                ledger.reverse(book, sold, on=DAYS[day], reason="salah")
                if member:
                    paper.append((year, *about, -1))
        for year in (2026, 2027):
            told = goods.member_sales(book, date(year, 1, 1), date(year, 12, 31))
            assert (told.takings.units, told.other_takings.units) == saved(paper, year)
            assert (told.unknown, told.until) == (0, None)


def forgotten(book, *entries):
    """Let sales be as before version 0016: nobody wrote the price for others down."""
    connection = book.session.connection()
    lite = connection.dialect.name == "sqlite"
    off = "DROP TRIGGER goods_movement_no_update"
    if not lite:
        off = "ALTER TABLE goods_movement DISABLE TRIGGER USER"
    connection.execute(text(off))
    connection.execute(
        text(
            "UPDATE goods_movement SET other_takings = NULL"
            f" WHERE cooperative_id = {book.cooperative_id}"
            f" AND entry_number IN ({', '.join(map(str, entries))})"
        )
    )
    book.session.expire_all()
    if not lite:
        connection.execute(text("ALTER TABLE goods_movement ENABLE TRIGGER USER"))


def test_older_sales_are_counted_and_in_neither_figure(coop):
    with coop.open() as book:
        shop(book)
        lines = [(RICE, KILO), (SOAP, KILO)]
        old = [goods.sell(book, lines, on=FIRST_DAY, member=1) for _ in range(3)]
        goods.sell(book, [(RICE, KILO)], on=DAYS[0], member=1)
        forgotten(book, *(one.number for one in old))
        ledger.reverse(book, old[2], on=DAYS[0], reason="salah")
        told = goods.member_sales(book, *YEAR)
        assert told == goods.MemberSales(Money(13_000), Money(14_000), 2, FIRST_DAY)
        report = yearend.member_benefit(book, 2026)
        assert report.shop == yearend.InShop(Money(13_000), Money(14_000), 2, FIRST_DAY)
        assert report.shop.benefit == report.total == Money(1_000)
        book.session.rollback()


def test_the_meetings_book_says_what_the_shop_saved(coop):
    with coop.open() as book:
        shop(book)
        old = goods.sell(book, [(SOAP, KILO)], on=FIRST_DAY, member=1)
        goods.sell(book, [(RICE, 2 * KILO)], on=DAYS[0], member=1)
        forgotten(book, old.number)
        printed = Printed("Budi", datetime(2027, 3, 21, 3, 0, tzinfo=UTC))
        for language, told, apart in (
            ("en", "Goods: what members paid", "the last on 01/01/2026. They are not"),
            ("id", "Barang: yang dibayar anggota", "terakhir 01/01/2026. Tidak ikut"),
        ):
            facts = meeting_book_of(book, 2026, language=language)
            pages = PdfReader(BytesIO(meeting_book_pdf(facts, printed))).pages
            said = " ".join(" ".join(one.extract_text() for one in pages).split())
            assert told in said
            assert "26.000 28.000 2.000" in said
            assert apart in said
        book.session.rollback()


def test_only_a_book_that_trades_says_so(coop):
    with coop.open() as book:
        assert yearend.member_benefit(book, 2026).shop is None
        opened(book)
        nothing = yearend.member_benefit(book, 2026).shop
        assert nothing == yearend.InShop(ZERO, ZERO)
