"""A list too long for memory comes in as a short one does, part by part."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from coopbook import members, savings
from coopbook.errors import CoopbookError
from coopbook.importing import (
    Answers,
    bring_in,
    post_import,
    preview,
    take_back,
)
from coopbook.importing.files import AccountingJournal, EmptyFile, NotASpreadsheet
from coopbook.importing.files import long as long_files
from coopbook.importing.files.bounds import TooLarge
from coopbook.importing.long import looking, post_long, preview_long
from coopbook.importing.long.looking import OnlySavings
from coopbook.importing.rules import PreviewOutdated, RulesBroken
from coopbook.tables import metadata
from coopbook.verification import verify
from tests.conftest import VAULT, found

TABLES = (
    *("member", "card", "savings_account", "entry", "line", "balance"),
    *("day_balance", "import_batch", "import_row"),
)
NOT_COMPARED = {"cooperative_id", "recorded_at", "hash", "previous", "file_digest"}
HEADINGS = "Tanggal;No Anggota;Nama;Jenis Simpanan;Jenis Transaksi;Jumlah;Keterangan"
START = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(long_files, "AT_ONCE", 4)
    monkeypatch.setattr("coopbook.importing.long.posting.AT_ONCE", 3)


@pytest.fixture
def two(engine):
    """Hand out two cooperatives of which nothing is in yet, as often as asked."""
    return lambda: (found(engine, bare=True), found(engine, bare=True))


def file_of(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "long.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def everything(coop):
    """Return every row of what an import leaves, but whose book it is and when."""
    left = {}
    with coop.engine.connect() as connection:
        for name in TABLES:
            table = metadata.tables[name]
            columns = [c for c in table.columns if c.name not in NOT_COMPARED]
            rows = connection.execute(
                select(*columns).where(table.c.cooperative_id == coop.number)
            )
            left[name] = sorted(map(repr, rows))
    return left


def said(looked):
    """Return what a preview says, whichever it is."""
    return {
        "figures": [(f.key, f.stated, f.counted) for f in looked.figures],
        "counts": (looked.rows_in_file, looked.rows_fresh, looked.breaks_count),
        "new": looked.new_members,
        "posting": looked.posting,
        "rounding": looked.rounding_on if looked.posting.left else None,
        "breaks": sorted((each.row, str(each)) for each in looked.breaks),
        "unread": [(each.row, str(each)) for each in looked.not_understood],
        "closed": sorted(str(each) for each in looked.closed),
        "asked": {question.key for question in looked.questions},
        "columns": looked.proposal.columns,
    }


amounts = st.one_of(
    st.integers(1, 2_000_000).map(lambda n: f"{n:,}".replace(",", ".")),
    st.integers(1, 90_000).map(lambda n: f"{n},{n % 97:02}"),
    st.sampled_from(["100.000", "100.000", "-", "", "0", "Rp 50.000", "x"]),
)
rows = st.lists(
    st.tuples(
        st.integers(0, 80),
        st.integers(1, 5),
        st.sampled_from(["pokok", "wajib", "sukarela", "shu", "pokok"]),
        st.sampled_from(["setor", "setor", "setor", "tarik"]),
        amounts,
        st.sampled_from(["", "gaji", "Gaji é"]),
    ),
    min_size=1,
    max_size=30,
)


def in_words(on, member, pot, way, much, memo):
    return f"{on:%d/%m/%Y};{member};Ani {member};{pot};{way};{much};{memo}"


def in_columns(on, member, pot, way, much, memo):
    both = f"{much};" if way == "setor" else f";{much}"
    return f"{on:%d/%m/%Y};{member};{pot};{both};{memo}"


def with_signs(on, member, pot, way, much, memo):
    return f"{member};{'-' if way == 'tarik' else ''}{much};{memo}"


SHAPES = {
    HEADINGS: in_words,
    "Tanggal;No Anggota;Jenis Simpanan;Setoran;Penarikan;Keterangan": in_columns,
    "No Anggota;Jumlah;Keterangan": with_signs,
}
SAID = Answers(on=date(2026, 2, 27), said={"pot": "voluntary"})


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=rows,
    shape=st.sampled_from(list(SHAPES)),
    total=st.booleans(),
    encoding=st.sampled_from(["utf-8", "cp1252"]),
    answers=st.sampled_from([Answers(), SAID]),
)
def test_part_by_part_is_what_it_is_as_a_whole(
    two, tmp_path, rows, shape, total, encoding, answers
):
    lines = [SHAPES[shape](START + timedelta(day), *row) for day, *row in rows]
    if total:
        place = shape.split(";").index("Jumlah" if "Jumlah" in shape else "Setoran")
        lines.append(
            f";JUMLAH{';' * (place - 1)}1.000.000;".removeprefix(";" * (place < 2))
        )
    path = file_of(tmp_path, "\n".join(["Koperasi Melati", shape, *lines]), encoding)
    short, long = two()

    with short.open("yanti") as book:
        try:
            looked = preview(book, "savings", path, answers=answers)
        except CoopbookError as refusal:
            with long.read("yanti") as other, pytest.raises(type(refusal)):
                preview_long(other, "savings", path, answers=answers)
            return
        told = said(looked)
        ready = not (looked.not_understood or looked.closed or looked.questions)
        if ready:
            post_import(book, looked, accept="as kept")
    with long.open("yanti") as book:
        looked = preview_long(book, "savings", path, answers=answers)
        assert said(looked) == told
        if ready:
            post_long(book, looked, accept="as kept")

    assert everything(long) == everything(short)
    checks = verify(engine=long.engine, vault=VAULT, cooperative_id=long.number)
    assert [check.finding for check in checks if check.finding] == []


PLAIN = [(START, n % 3 + 1, "sukarela", "setor", 1_000 + n, "") for n in range(11)]
SHARES = [(START, n, "pokok", "setor", 100_000, "") for n in (1, 2, 3)]


def listed(*rows, end=()):
    return "\n".join([HEADINGS, *(in_words(*row) for row in rows), *end])


@pytest.fixture
def coop(engine):
    return found(engine, bare=True)


def come(coop, path, accept="as kept"):
    with coop.open("yanti") as book:
        return post_long(book, preview_long(book, "savings", path), accept=accept)


def test_the_same_rows_come_once_and_again_after_they_were_taken_back(coop, tmp_path):
    path = file_of(tmp_path, listed(*SHARES, *PLAIN, *PLAIN))
    heard = []
    with coop.open("yanti") as book:
        looked = preview_long(
            book, "savings", path, told=lambda *far: heard.append(far)
        )
        assert post_long(
            *(book, looked), accept="as kept", told=lambda *far: heard.append(far)
        )
        looked.close()
    size = path.stat().st_size
    assert heard[-1] == (25, 25)
    assert (size, size) in heard
    assert come(coop, path) is None

    with coop.open("yanti") as book:
        assert bring_in(book, "savings", path.read_bytes()) is None
        heard.clear()
        take_back(*(book, 1), reason="salah", told=lambda *far: heard.append(far))
    assert heard[-1] == (25, 25)
    with coop.open("yanti") as book:
        assert preview_long(book, "savings", path).rows_fresh == 25
        assert post_long(book, preview_long(book, "savings", path)) is not None
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [check.finding for check in checks if check.finding] == []


def test_nothing_is_posted_into_another_book_than_was_looked_at(coop, tmp_path):
    path = file_of(tmp_path, listed(*SHARES))
    with coop.read("yanti") as book:
        looked = preview_long(book, "savings", path)
    assert come(coop, path) is not None
    with coop.open("yanti") as book, pytest.raises(PreviewOutdated):
        post_long(book, looked)


def test_breaks_are_counted_and_the_first_are_named(coop, tmp_path, monkeypatch):
    monkeypatch.setattr(looking, "MOST_TOLD", 3)
    taken = [(START, 1, "sukarela", "tarik", n, "") for n in range(1, 10)]
    path = file_of(tmp_path, listed(*SHARES, *taken))
    with coop.open("yanti") as book:
        looked = preview_long(book, "savings", path)
        assert [each.row for each in looked.breaks] == [5, 6, 7]
        assert looked.breaks_count == 9
        with pytest.raises(RulesBroken) as refused:
            post_long(book, looked)
        batch = post_long(book, looked, accept="the old books allowed it")
        assert (batch.breaks, batch.accepted) == (9, "the old books allowed it")
    assert refused.value.count == 9


def test_reading_stops_where_nothing_can_be_read(coop, tmp_path, monkeypatch):
    monkeypatch.setattr(looking, "MOST_UNREAD", 5)
    unread = [(START, 1, "emas", "setor", n, "") for n in range(1, 90)]
    path = file_of(tmp_path, listed(*SHARES, *unread))
    with coop.read("yanti") as book:
        looked = preview_long(book, "savings", path)
        assert 5 <= len(looked.not_understood) < 10
        assert "“emas” is not known here" in str(looked.not_understood[0])


@pytest.mark.parametrize(
    ("first", "last", "read"),
    [("1.250", "2.000,50", 1250), ("1,250", "2,000.50", 1250)],
)
def test_one_amount_at_the_end_says_how_all_are_written(
    coop, tmp_path, first, last, read
):
    rows = [(START, n, "pokok", "setor", first, "") for n in range(1, 30)]
    path = file_of(tmp_path, listed(*rows, (START, 30, "pokok", "setor", last, "")))
    with coop.read("yanti") as book:
        looked = preview_long(book, "savings", path)
        assert looked.not_understood == ()
        assert looked.posting.exact == 29 * read + Decimal("2000.5")


def test_a_total_stands_at_the_end_or_nowhere(coop, tmp_path):
    ends = ";;JUMLAH;;;300.000;"
    path = file_of(tmp_path, listed(*SHARES, end=[ends, "", ";;Mengetahui;;;;"]))
    with coop.read("yanti") as book:
        looked = preview_long(book, "savings", path)
        assert (looked.breaks, looked.not_understood) == ((), ())
        assert [figure.stated for figure in looked.figures] == [300_000]

    more = [in_words(*row) for row in PLAIN]
    path = file_of(tmp_path, listed(*SHARES, end=[ends, *more]))
    with coop.open("yanti") as book:
        looked = preview_long(book, "savings", path)
        assert [str(each) for each in looked.not_understood] == [
            "Row 5 adds up rows above it, and more rows follow. A file this long is "
            "read as one plain list: take such rows out of it, or bring it in in parts."
        ]
        with pytest.raises(looking.TotalInside):
            post_long(book, looked, accept="anyway")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFile),
        (b" \n \n", EmptyFile),
        (b"PK\x03\x04" + bytes(300), TooLarge),
        (b"\xd0\xcf\x11\xe0" + bytes(300), TooLarge),
        (b"<html><body><table><tr><td>a</td></tr></table></body></html>", TooLarge),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), NotASpreadsheet),
        (b'{"a": 1,\n "b": 2}', NotASpreadsheet),
        (b"a;b;c\n" + b"x" * 2_000_000, TooLarge),
        (b"a;b;c\n" * 9 + b"d;\x00;e\n", NotASpreadsheet),
        (b"a;b;c\n1;2;3\n" + b";" * 20_000 + b"\n1;2;3\n", TooLarge),
        (b"\xff\xfea;b", NotASpreadsheet),
        (b"2026-01-02 * beli\n  Aset:Kas  -5 IDR\n  Beban:ATK  5 IDR\n",
         AccountingJournal),
    ],
)  # fmt: skip
def test_what_is_no_long_list_is_refused(coop, tmp_path, content, refusal):
    path = file_of(tmp_path, content)
    with coop.read("yanti") as book, pytest.raises(refusal):
        preview_long(book, "savings", path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_long_list_is_read_in_every_encoding(coop, tmp_path, encoding):
    rows = [(START, n, "pokok", "setor", 100_000, "café") for n in range(1, 30)]
    path = file_of(tmp_path, listed(*rows), encoding)
    with coop.read("yanti") as book:
        looked = preview_long(book, "savings", path)
        assert looked.rows_fresh == 29
        parts = [row for part in looked.spool.parts() for _, row in part]
    assert {row.memo for row in parts} == {"café"}
    assert [row.row for row in parts] == list(range(2, 31))


def test_other_kinds_are_not_read_in_parts(coop, tmp_path):
    path = file_of(tmp_path, listed(*SHARES))
    with coop.read("yanti") as book, pytest.raises(OnlySavings):
        preview_long(book, "bank-book", path)


def test_the_newest_row_first_still_says_when_each_began(coop, tmp_path):
    days = [START + timedelta(n) for n in range(12, 0, -1)]
    rows = [(on, 1, "sukarela", "setor", 5_000, "") for on in days]
    rows += [(START + timedelta(2), 1, "pokok", "setor", 100_000, "")]
    path = file_of(tmp_path, listed(*rows))
    come(coop, path)

    with coop.read() as book:
        ani = members.member(book, 1)
        assert (ani.joined_on, ani.active_on) == (days[-1], START + timedelta(2))
        opened = {
            one.product.code: one.account.opened_on
            for one in savings.accounts_of(book, ani)
        }
    assert opened == {"voluntary": days[-1], "principal": START + timedelta(2)}


def test_what_fails_half_way_leaves_nothing(coop, tmp_path):
    path = file_of(tmp_path, listed(*SHARES, *PLAIN))
    before = everything(coop)

    def stop(done, of):
        if done > 8:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), coop.open("yanti") as book:
        post_long(book, preview_long(book, "savings", path), told=stop)

    assert everything(coop) == before
    assert come(coop, path) is not None
