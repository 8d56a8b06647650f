"""Papers of loans: how they look, and that they say what the book says, to the unit."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PIL import Image
from pypdf import PdfReader

from coopbook import i18n, ledger, loans, members, rounds
from coopbook.ledger import credit, debit
from coopbook.loans.rules import PaidBeforeDisbursed, WrongState
from coopbook.money import ZERO, Money
from coopbook.numerals import amount_in_words, in_figures
from coopbook.people import approvals
from coopbook.printing.due_list import due_list_of, due_list_pdf, kept_list_of
from coopbook.printing.loan_agreement import agreement_of, agreement_pdf
from coopbook.printing.loan_card import loan_card_of, loan_card_pdf
from coopbook.printing.payoff_letter import payoff_letter_of, payoff_letter_pdf
from tests.conftest import FIRST_DAY, TODAY, as_
from tests.coopbook.printing import loan_samples as samples
from tests.coopbook.printing.loan_samples import PRINTED
from tests.coopbook.printing.test_images import (
    ALLOWED,
    DRAW,
    GOLDEN,
    LARGEST_PICTURE,
    MILLIMETRE,
    boxes_of,
    overlap,
    pages_of,
    share_of,
)

CATALOGUE = i18n.translations_dir() / "id" / "LC_MESSAGES" / "messages.po"
SCALE = 1.2
"""A sheet of A4 is kept at 86 dots to the inch in four greys, to stay small."""
NIK = "3201014101900001"
LATER = date(2026, 6, 20)
PAPERS: dict[str, Callable[[], bytes]] = {
    "loan-agreement": lambda: agreement_pdf(samples.AGREEMENT, PRINTED),
    "loan-card": lambda: loan_card_pdf(samples.CARD, PRINTED),
    "payoff-letter": lambda: payoff_letter_pdf(samples.LETTER, PRINTED),
    "settled-letter": lambda: payoff_letter_pdf(samples.SETTLED_LETTER, PRINTED),
    "due-list": lambda: due_list_pdf(samples.DUES, PRINTED),
}
CROWDED: dict[str, Callable[[], bytes]] = {
    "loan-agreement": lambda: agreement_pdf(samples.LONG_AGREEMENT, PRINTED),
    "loan-card": lambda: loan_card_pdf(samples.LONG_CARD, PRINTED),
    "payoff-letter": lambda: payoff_letter_pdf(samples.LONG_LETTER, PRINTED),
    "due-list": lambda: due_list_pdf(samples.LONG_DUES, PRINTED),
}


def texts(pdf: bytes) -> list[str]:
    """Return what stands on each page."""
    found = PdfReader(BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in found]


def whole(pdf: bytes) -> str:
    return " ".join(texts(pdf))


def four_greys(page: Image.Image) -> Image.Image:
    """Return a page with every dot in the nearest of four greys."""
    near = page.point(lambda grey: (grey + 42) // 85)
    found = Image.frombytes("P", near.size, near.tobytes())
    found.putpalette([part for grey in range(4) for part in (grey * 85,) * 3])
    return found


# -- how they look ---------------------------------------------------------------


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_looks_as_the_pictures_that_are_kept(name):
    for number, page in enumerate(pages_of(PAPERS[name](), SCALE), start=1):
        kept = GOLDEN / f"{name}-{number}.png"
        if DRAW:
            four_greys(page).save(kept, optimize=True, bits=2)
        with Image.open(kept) as golden:
            assert share_of(page, golden.convert("L")) <= ALLOWED
        assert kept.stat().st_size <= LARGEST_PICTURE


@pytest.mark.parametrize("papers", [PAPERS, CROWDED], ids=["usual", "crowded"])
@pytest.mark.parametrize("name", CROWDED)
def test_no_text_leaves_the_paper_or_lies_on_another(name, papers):
    document = pypdfium2.PdfDocument(papers[name]())
    for page in document:
        width, height = page.get_size()
        edge, boxes = 9 * MILLIMETRE, boxes_of(page)
        assert boxes
        for left, lower, right, upper in boxes:
            assert left >= edge
            assert lower >= edge
            assert right <= width - edge
            assert upper <= height - edge
        over = [pair for pair in itertools.combinations(boxes, 2) if overlap(*pair)]
        assert not over
    document.close()


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_facts_give_the_same_bytes(name):
    once, again = PAPERS[name](), PAPERS[name]()

    assert once == again
    assert once.startswith(b"%PDF-")


def test_other_facts_give_other_bytes():
    other = replace(samples.AGREEMENT, purpose="Sawah")

    assert agreement_pdf(other, PRINTED) != PAPERS["loan-agreement"]()


def test_sixty_installments_run_over_pages_that_are_counted():
    found = texts(agreement_pdf(samples.agreement(60), PRINTED))

    assert len(found) == 3
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of 3" in page
        assert "SPP-000007 · Check code 7F3A-09BC" in page
        assert "printed on 16/03/2026 12.04 by Rina Wati" in page
    for page in found[1:]:
        assert "No. Due on Principal (Rp) Interest (Rp) Installment (Rp)" in page


# -- the agreement ---------------------------------------------------------------


@pytest.mark.parametrize("months", [1, 12, 60])
def test_the_schedule_on_an_agreement_is_the_schedule(months):
    of = samples.agreement(months)
    pages = whole(agreement_pdf(of, PRINTED))

    left = of.principal
    for each in of.plan:
        left -= each.principal
        row = [each.principal, each.interest, each.total, left]
        day = each.due_on.strftime("%d/%m/%Y")
        assert f"{each.number} {day} {' '.join(map(in_figures, row))}" in pages
    sums = " ".join(map(in_figures, (of.principal, of.interest, of.total)))
    assert f"Total {sums}" in pages
    assert left == ZERO


def test_an_agreement_says_what_was_agreed():
    first = texts(PAPERS["loan-agreement"]())[0]

    for words in (
        "Koperasi Melati, Bojongjaya, Sukabumi, registration number 3201010001",
        "Borrower Siti Aminah Member number 0042",
        "Rp 5.000.000 (five million rupiah)",
        "Working capital loan Purpose of the loan Modal warung kelontong",
        "Origination fee Rp 50.000; Administration fee Rp 25.000",
        "The borrower receives Rp 4.925.000",
        "1,5% a month",
        "Flat. It is counted on the whole amount lent",
        "18,00% 34,76% 40,86%",
        "12, every month from 16 April 2026 to 16 March 2027; Rp 5.900.000 in all",
        "A penalty of 0,1% a day on what is late, from day 4 after it was due.",
        "Oldest installment first: penalty, interest, principal",
        "All principal still owed, penalties, and: interest up to the day.",
        "Proposed by Dewi Lestari, on 9 March 2026",
        "Approved by Budi Santoso, on 12 March 2026",
    ):
        assert words in first, words
    assert "duty stamp" not in whole(PAPERS["loan-agreement"]())


def test_a_draft_says_so_and_what_people_wrote_is_no_markup():
    pages = whole(CROWDED["loan-agreement"]())

    for words in (
        "A draft: this loan is not approved yet.",
        "as if on 16 March 2026",
        "Bojongjaya & <lain> Jalan",
        "It is at most 10,00% of the installment.",
        "What is left up to Rp 500 does not count as late.",
        "a share of the rest (50,00%)",
        "Approved by not yet",
        "duty stamp here",
    ):
        assert words in pages, words


# -- from the book ---------------------------------------------------------------


def lent(book, amount=5_000_000, months=12, member=1, on=TODAY):
    """Return a loan that was applied for, approved and paid out."""
    row = agreed(book, amount, months, member, on)
    loans.disburse(book, row, on=on)
    return row


def agreed(book, amount=5_000_000, months=12, member=1, on=TODAY):
    lines = [debit(11102, Money(amount)), credit(33002, Money(amount))]
    ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
    borrower, product = members.member(book, member), loans.product(book, "productive")
    with as_(book, "dewi"):
        row = loans.apply(
            *(book, borrower, product, Money(amount)),
            term=months,
            purpose="Warung",
            on=on,
        )
    with as_(book, "budi"):
        asked = approvals.inbox(book)[0]
        approvals.approve(book, asked.number, digest=asked.digest)
    return row


def test_an_agreement_holds_the_figures_of_the_loan(book):
    row = agreed(book)
    draft = agreement_of(book, row, LATER)
    loans.disburse(book, row, on=TODAY)

    of = agreement_of(book, row, LATER)

    assert not draft.paid_out
    assert draft.starts_on == LATER
    assert draft.code == ""
    assert list(draft.plan) == list(
        loans.schedule(loans.terms_of(row), row.principal, LATER)
    )
    assert list(of.plan) == list(loans.schedule_of(book, row))
    assert of.total == loans.schedule_of(book, row).total
    assert of.received == loans.paid_out(row)
    assert of.decided[0] == ("Proposed by", "Dewi", TODAY)
    assert of.decided[1][:2] == ("Approved by", "Budi")
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", of.code)
    english = whole(agreement_pdf(replace(of, language="en"), PRINTED))
    for amount in (row.principal, of.received, of.interest, of.total):
        assert in_figures(amount) in english
    assert amount_in_words(row.principal, "en") in english


def test_an_agreement_stays_as_it_was_signed_when_the_loan_changes(book):
    row = lent(book)
    before = agreement_of(book, row, TODAY)
    ends = loans.payoff(book, row, TODAY + timedelta(days=20)).total
    loans.repay(
        *(book, row, ends), on=TODAY + timedelta(days=20), wish=loans.Wish.SETTLE
    )

    assert agreement_of(book, row, TODAY).plan == before.plan


def test_a_card_holds_what_is_due_and_every_payment(book):
    row = lent(book)
    first = loans.schedule_of(book, row)[0]
    wrong = loans.repay(book, row, first.total, on=first.due_on)
    back = ledger.reverse(book, wrong, on=first.due_on, reason="Salah")
    loans.repay(book, row, first.total, on=first.due_on)
    later = loans.repay(book, row, Money(100_000), on=date(2026, 5, 16))

    of = loan_card_of(book, row, LATER)

    standing = loans.standing(book, row, LATER)
    assert of.standing == standing
    assert of.movements[0].lent == row.principal
    assert [each.undone for each in of.movements] == ["", back.voucher, "", ""]
    assert of.movements[1].balance == row.principal
    assert of.movements[-1].balance == standing.outstanding_principal
    assert of.movements[-1].voucher == later.voucher
    pages = whole(loan_card_pdf(replace(of, language="en"), PRINTED))
    assert f"{wrong.voucher} reversed by {back.voucher}" in pages
    for each in standing.strip:
        paid = each.paid_principal + each.paid_interest
        amounts = (each.principal, each.interest, paid, each.left)
        assert " ".join(map(in_figures, amounts)) in pages
    assert f"Principal left Rp {in_figures(standing.outstanding_principal)}" in pages


def test_a_card_of_an_earlier_day_ends_with_that_day(book):
    row = lent(book)
    first = loans.schedule_of(book, row)[0]
    loans.repay(book, row, first.total, on=first.due_on)

    of = loan_card_of(book, row, first.due_on - timedelta(days=1))

    assert [each.lent for each in of.movements] == [row.principal]
    assert of.standing.outstanding_principal == row.principal


def test_a_letter_says_what_ends_the_loan_on_the_day(book):
    row = lent(book)
    ends = loans.payoff(book, row, LATER)

    of = payoff_letter_of(book, row, LATER)

    assert (of.principal, of.interest, of.penalty) == (
        *(ends.principal, ends.interest),
        ends.penalty,
    )
    assert of.penalty > ZERO
    pages = whole(payoff_letter_pdf(replace(of, language="en"), PRINTED))
    for amount in (ends.principal, ends.interest, ends.penalty, ends.total):
        assert in_figures(amount) in pages
    assert amount_in_words(ends.total, "en") in pages
    assert "This holds until 20 June 2026" in pages


def test_a_letter_of_a_settled_loan_names_the_last_payment(book):
    row = lent(book)
    ends = loans.payoff(book, row, LATER)
    loans.repay(book, row, ends.total, on=LATER, wish=loans.Wish.SETTLE)

    of = payoff_letter_of(book, row, LATER + timedelta(days=2))

    assert of.settled
    assert of.last_paid_on == LATER
    assert (of.principal, of.total) == (row.principal, ends.total)
    pages = whole(payoff_letter_pdf(replace(of, language="en"), PRINTED))
    assert "This loan is settled. Nothing is owed on it any more." in pages
    assert "The last payment was made on 20 June 2026." in pages


def test_no_letter_is_written_of_a_loan_that_was_not_paid_out(book):
    row = agreed(book)
    with pytest.raises(WrongState):
        payoff_letter_of(book, row, TODAY)
    loans.disburse(book, row, on=TODAY)
    with pytest.raises(PaidBeforeDisbursed):
        payoff_letter_of(book, row, TODAY - timedelta(days=1))


def test_the_list_holds_what_every_running_loan_owes_hamlet_by_hamlet(book):
    siti, first = members.member(book, 1), lent(book, 1_000_000, 10)
    second = lent(book, 2_000_000, 10, on=date(2026, 4, 16))
    day = date(2026, 4, 16)
    assert [row.loan for one in due_list_of(book, day).hamlets for row in one.rows] == [
        first.number
    ]
    siti.hamlet = "Krajan"
    book.session.flush()

    of = due_list_of(book, LATER, officer="dewi")  # who proposed them

    (krajan,) = of.hamlets
    owed = [loans.standing(book, each, LATER) for each in (first, second)]
    assert krajan.name == "Krajan"
    assert [row.due for row in krajan.rows] == [each.due.total for each in owed]
    assert of.due == sum((each.due.total for each in owed), ZERO)
    assert of.arrears == sum((each.arrears for each in owed), ZERO)
    assert due_list_of(book, LATER, hamlet="Krajan").hamlets == of.hamlets
    assert due_list_of(book, LATER, hamlet="Lain").hamlets == ()
    assert due_list_of(book, TODAY).hamlets == ()
    pages = whole(due_list_pdf(replace(of, language="en"), PRINTED))
    for row in krajan.rows:
        amounts = f"{in_figures(row.due)} {in_figures(row.arrears)} {row.days_late}"
        assert f"0001 Siti Aminah {row.loan} {amounts}" in pages
    assert f"Due in all Rp {in_figures(of.due)}" in pages
    (kept,) = rounds.make_lists(book, LATER, on=LATER, officer="dewi")
    loans.repay(book, first, Money(100_000), on=LATER)
    again = kept_list_of(book, kept)
    assert (again.hamlets, again.officer) == (of.hamlets, "Dewi")
    assert again.serial == "DT-000001"
    nothing = replace(due_list_of(book, TODAY), language="en")
    assert "Nothing is due by this day." in whole(due_list_pdf(nothing, PRINTED))


def test_no_paper_holds_a_nik_or_a_telephone_number(book):
    row = lent(book)
    papers = [
        agreement_pdf(agreement_of(book, row, TODAY), PRINTED),
        loan_card_pdf(loan_card_of(book, row, LATER), PRINTED),
        payoff_letter_pdf(payoff_letter_of(book, row, LATER), PRINTED),
        due_list_pdf(due_list_of(book, LATER), PRINTED),
    ]

    assert members.member(book, 1).national_id == NIK
    for paper in papers:
        assert not re.search(r"\d{16}", whole(paper).replace(" ", ""))
        assert NIK[:6] not in whole(paper)


# -- in Indonesian ---------------------------------------------------------------


@pytest.fixture
def indonesian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The catalogue as it is kept, compiled for this test."""
    target = tmp_path / "id" / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with CATALOGUE.open("rb") as file, target.open("wb") as out:
        write_mo(out, read_po(file))
    monkeypatch.setattr(i18n, "translations_dir", lambda: tmp_path)
    i18n.catalogue.cache_clear()
    yield
    i18n.catalogue.cache_clear()


def test_on_indonesian_papers_no_english_is_left(indonesian):
    found = {
        "Surat Perjanjian Pinjaman": agreement_pdf(
            replace(samples.AGREEMENT, language="id"), PRINTED
        ),
        "Kartu Pinjaman": loan_card_pdf(replace(samples.CARD, language="id"), PRINTED),
        "Surat Keterangan Pelunasan": payoff_letter_pdf(
            replace(samples.LETTER, language="id"), PRINTED
        ),
        "Surat Keterangan Lunas": payoff_letter_pdf(
            replace(samples.SETTLED_LETTER, language="id"), PRINTED
        ),
        "Daftar Tagihan": due_list_pdf(replace(samples.DUES, language="id"), PRINTED),
    }

    for title, pdf in found.items():
        pages = whole(pdf)
        assert title in pages
        assert "Halaman 1 dari" in pages
        for english in (" the ", " of ", "Interest", "Principal", "Paid", "Loan"):
            assert english not in pages, english
