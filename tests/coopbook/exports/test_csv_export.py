import csv
import io
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coopbook import exports, ledger
from coopbook.exports import journal_csv
from coopbook.exports.csv_export import Style, inert, table
from coopbook.exports.rows import COLUMNS, journal_lines
from coopbook.ledger.rules import credit, debit
from coopbook.money import Money
from tests.conftest import TODAY


@pytest.mark.parametrize(
    "formula",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "  =1", "\u00a0=1", "＝1"),
        *("＋1", "－1", "＠x", "\u200b=1", "\ufeff=1", "\x00=1", "\u3000＝1", "\n=1"),
    ],
)
def test_what_a_spreadsheet_takes_for_a_formula_is_made_inert(formula):
    assert inert(formula) == f"'{formula}"


@pytest.mark.parametrize("words", ["", "Siti", "5-3", "a=b", "  ", "'=1", "Rp 5"])
def test_other_words_stay_as_they_are(words):
    assert inert(words) == words


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\0")),
            st.integers(),
        ),
        max_size=20,
    ),
    st.sampled_from([Style(), Style.excel()]),
)
def test_a_table_is_read_back_as_it_was_written(rows, style):
    data = b"".join(table(("words", "units"), rows, style))

    text = data.decode("utf-8-sig" if style.marked else "utf-8")
    assert data.startswith(b"\xef\xbb\xbf") is style.marked
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=style.separator))
    assert read[0] == ["words", "units"]
    assert [(words, int(units)) for words, units in read[1:]] == [
        (inert(words), units) for words, units in rows
    ]


@pytest.fixture
def busy(coop):
    with coop.open() as book:
        for day in (2, 5, 9):
            ledger.post(
                book,
                on=date(2026, 3, day),
                memo="=cmd|' /C calc'!A0",
                lines=[debit(11201, Money(day)), credit(22001, Money(day))],
            )
    return coop


def test_the_journal_leaves_with_a_manifest_of_the_head(busy, tmp_path):
    with busy.read() as book:
        manifest = exports.journal_csv(book, tmp_path / "out")
        last = ledger.entries(book, limit=1).rows[0]

    assert (manifest.head_number, manifest.head_hash) == (last.number, last.hash)
    told = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    journal, balances, chain, checkpoints = told["files"]
    with (tmp_path / "out" / "journal.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert journal["rows"] == len(rows) == 10
    assert journal["debit"] == journal["credit"] == 200_016
    assert sum(int(row["debit"]) for row in rows) == 200_016
    assert rows[-1]["memo"] == "'=cmd|' /C calc'!A0"
    assert rows[-1]["hash"] == last.hash
    assert balances["debit"] == balances["credit"] == 200_016
    assert (chain["rows"], chain["debit"]) == (last.number, 200_016)
    assert checkpoints["rows"] == 0
    assert exports.altered_files(tmp_path / "out") == []


def test_a_stretch_of_the_journal_and_its_trial_balance(busy, tmp_path):
    with busy.read() as book:
        manifest = exports.journal_csv(
            book,
            tmp_path / "out",
            booked_from=date(2026, 3, 3),
            booked_to=date(2026, 3, 5),
        )

    assert (manifest.files[0].rows, manifest.files[0].debit) == (2, 5)
    assert manifest.files[1].debit == 200_007
    assert manifest.as_of == "2026-03-05"


def test_nothing_is_overwritten(busy, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Siti")

    with busy.read() as book, pytest.raises(exports.FolderInUse):
        exports.journal_csv(book, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_changed_or_missing_file_is_named(busy, tmp_path):
    with busy.read() as book:
        exports.export(book, "csv", tmp_path / "out")
    out = tmp_path / "out"

    (out / "journal.csv").write_bytes((out / "journal.csv").read_bytes() + b"x")
    (out / "trial-balance.csv").unlink()

    assert exports.altered_files(out) == ["journal.csv", "trial-balance.csv"]
    (out / "manifest.json").write_text("{")
    assert exports.altered_files(out) == ["manifest.json"]


def test_an_empty_book_can_be_exported(coop, tmp_path):
    with coop.read() as book:
        for kind in exports.Format:
            manifest = exports.export(
                book, kind, tmp_path / kind, as_of=date(2025, 1, 1)
            )
            assert [file.rows for file in manifest.files[:2]] == [0, 0]
            rows = {file.name: file.rows for file in manifest.files[2:]}
            more = (exports.Format.CSV, exports.Format.ADS)
            assert bool(rows) is (kind in more)
            agreed = ("loans.csv", "loan-changes.csv", "security.csv")
            assert all(rows.get(name, 0) == 0 for name in agreed)


@settings(
    deadline=None,
    max_examples=20,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    memos=st.lists(
        st.text(
            st.characters(exclude_categories=("Cs",), exclude_characters="\x00"),
            max_size=12,
        )
        | st.sampled_from(["=1+1", " ＝1+1", "+62", "@a", "-5", "\t=x", "Åsa", ""]),
        min_size=1,
        max_size=6,
    )
)
def test_the_quick_way_writes_what_the_slow_one_wrote(coop, tmp_path_factory, memos):
    """Line by line through ``inert`` and objects, as this export first did."""
    folder = tmp_path_factory.mktemp("quick") / "out"
    with coop.open() as book:
        for memo in memos:
            ledger.post(
                book,
                on=TODAY,
                memo=memo,
                lines=[
                    ledger.debit(11201, Money(5)),
                    ledger.credit(42_002, Money(5)),
                ],
            )
        journal_csv(book, folder)
        wanted = b"".join(
            table(
                COLUMNS,
                [
                    [getattr(line, name) for name in COLUMNS]
                    for line in journal_lines(book)
                ],
            )
        )
        book.session.rollback()
    assert (folder / "journal.csv").read_bytes() == wanted
