"""Papers of what stands behind loans: how they look, and that they say what is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PIL import Image

from coopbook import appraisal, groups, i18n, loans, members, savings, security
from coopbook.appraisal import FIVE_C, Judgement, Recommendation
from coopbook.groups import Given
from coopbook.loans import LoanState
from coopbook.members.relations import Relation
from coopbook.money import ZERO, Money
from coopbook.numerals import amount_in_words, in_figures
from coopbook.printing.collateral_receipt import (
    collateral_receipt_of,
    collateral_receipt_pdf,
)
from coopbook.printing.group_sheet import group_sheet_of, group_sheet_pdf
from coopbook.printing.loan_application import application_of, application_pdf
from coopbook.security import CollateralKind
from tests.conftest import FIRST_DAY, TODAY, as_
from tests.coopbook.groups.circles import borrow, circle, furnish_circle
from tests.coopbook.printing import backing_samples as samples
from tests.coopbook.printing.loan_samples import PRINTED
from tests.coopbook.printing.samples import LONG
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
from tests.coopbook.printing.test_loan_papers import (
    CATALOGUE,
    SCALE,
    four_greys,
    texts,
    whole,
)
from tests.coopbook.rounds.neighbours import approve, lend, voluntary_of

NIK, PHONE = "3201014101900001", "+6281234567890"
MAY = date(2026, 5, 20)
PAPERS: dict[str, Callable[[], bytes]] = {
    "loan-application": lambda: application_pdf(samples.APPLICATION, PRINTED),
    "group-sheet": lambda: group_sheet_pdf(samples.GROUP, PRINTED),
    "collateral-receipt": lambda: collateral_receipt_pdf(samples.RECEIPT, PRINTED),
}
OTHERS: dict[str, Callable[[], bytes]] = {
    "bare-application": lambda: application_pdf(samples.BARE_APPLICATION, PRINTED),
    "granted-application": lambda: application_pdf(
        samples.GRANTED_APPLICATION, PRINTED
    ),
    "long-application": lambda: application_pdf(samples.LONG_APPLICATION, PRINTED),
    "sheet-of-nobody": lambda: group_sheet_pdf(samples.NOBODY, PRINTED),
    "sheet-without-dues": lambda: group_sheet_pdf(samples.NOTHING_DUE, PRINTED),
    "sheet-of-thirty": lambda: group_sheet_pdf(samples.THIRTY, PRINTED),
    "long-sheet": lambda: group_sheet_pdf(samples.LONG_GROUP, PRINTED),
    "returned-collateral": lambda: collateral_receipt_pdf(samples.RETURNED, PRINTED),
    "long-receipt": lambda: collateral_receipt_pdf(samples.LONG_RECEIPT, PRINTED),
}
INDONESIAN: dict[str, Callable[[], bytes]] = {
    "Formulir Permohonan Pinjaman": lambda: application_pdf(
        replace(samples.GRANTED_APPLICATION, language="id"), PRINTED
    ),
    "Lembar Pertemuan Kelompok": lambda: group_sheet_pdf(
        replace(samples.GROUP, language="id"), PRINTED
    ),
    "Tanda Terima Agunan": lambda: collateral_receipt_pdf(
        replace(samples.RETURNED, language="id"), PRINTED
    ),
}


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


def check_room(pdf: bytes) -> None:
    """No text leaves the paper or lies on another."""
    document = pypdfium2.PdfDocument(pdf)
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


@pytest.mark.parametrize("name", [*PAPERS, *OTHERS])
def test_no_text_leaves_the_paper_or_lies_on_another(name):
    check_room((PAPERS | OTHERS)[name]())


@pytest.mark.parametrize("name", INDONESIAN)
def test_no_indonesian_text_leaves_the_paper_or_lies_on_another(name, indonesian):
    check_room(INDONESIAN[name]())


@pytest.mark.parametrize("name", [*PAPERS, *OTHERS])
def test_the_same_facts_give_the_same_bytes(name):
    draw = (PAPERS | OTHERS)[name]

    assert draw() == draw()
    assert draw().startswith(b"%PDF-")


def test_usual_papers_take_no_more_pages_than_they_need():
    counts = {name: len(texts(draw())) for name, draw in (PAPERS | OTHERS).items()}

    assert counts["loan-application"] == counts["granted-application"] == 2
    assert counts["bare-application"] == counts["group-sheet"] == 1
    assert counts["collateral-receipt"] == counts["returned-collateral"] == 1
    assert counts["sheet-of-thirty"] == 2


def test_a_sheet_of_thirty_repeats_its_heads_and_counts_its_pages():
    found = texts(OTHERS["sheet-of-thirty"]())

    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert "LP-0003-20260620 · printed on 16/03/2026 12.04 by Rina Wati" in page
        assert "No. Name Loan Due (Rp)" in page
    pages = " ".join(found)
    for row in samples.THIRTY.rows:
        assert f"{row.member:04d} {row.name} {row.loan} {in_figures(row.due)}" in pages


# -- what they say -----------------------------------------------------------------


def test_an_application_says_who_asks_for_what_and_what_was_found():
    front, back = texts(PAPERS["loan-application"]())

    for words in (
        "Application for a loan Number FP-000007",
        "Member number 0042",
        "Occupation Pedagang",
        "Husband or wife Budi Hartono",
        "Son or daughter Rizki Hartono, Putri Hartono",
        "Same household Sumarni",
        "Rp 5.000.000 (five million rupiah)",
        "Business Warung kelontong",
        "1,5% a month, flat",
        "12, every month from 16 April 2026 to 16 March 2027; Rp 5.900.000 in all",
        "0057 Ni Made Ayu tetangga 750.000 750.000",
        "Pak Karto paman 500.000 0",
        "BPKB N-01234567 Budi Hartono (suami) 8.000.000 5.600.000",
        "3 Emergency loan 1.250.000",
        "Husband, wife or heir",
    ):
        assert words in front, words
    for words in (
        "Loan appraisal FP-000007 · Siti Aminah · Rp 5.000.000",
        "Visited on 10 March 2026",
        "Left in a month 1.250.000",
        "Most for installments Rp 625.000, 50% of what is left",
        "Heaviest month here Rp 492.000, 40% of what is left",
        "The installments fit.",
        "Good Good Fair Fair Good",
        "Character Capacity Capital Collateral Condition",
        "Lend less: Rp 4.000.000 (four million rupiah)",
        "Covered 127% of Rp 5.000.000; Rp 500.000 more by word alone",
        "Lending limit, 15% of it 12.367.500 Owed with this loan 6.250.000",
        "State of the loan Applied for Proposed by Dewi Lestari, on 9 March 2026",
        "Lend what is asked for Lend less: Rp ....",
        "Decided on ....",
    ):
        assert words in back, words
    assert "related party" not in back


def test_without_an_appraisal_there_is_one_page_to_fill_in_and_decide_on():
    (page,) = texts(OTHERS["bare-application"]())

    for words in (
        "Who answers for it none",
        "Collateral none",
        "Other loans here none",
        "Occupation ....",
        "Business ....",
        "Approved by ....",
    ):
        assert words in page, words
    assert "appraisal" not in page


def test_an_application_that_was_granted_says_who_decided():
    front, back = texts(OTHERS["granted-application"]())

    assert "Group that answers Melati Krajan, led by Wati" in front
    for words in (
        "State of the loan Running",
        "Approved by Budi Santoso, on 12 March 2026",
        "Agreed to by the supervisors Hj. Aisyah, on 13 March 2026",
        "Decision of the board KP-2026-004",
        "(Dewi Lestari) (Budi Santoso) (Hj. Aisyah)",
        "FP-000007 · Check code 7F3A-09BC",
    ):
        assert words in back, words
    assert "...." not in back


def test_installments_that_do_not_fit_and_a_limit_that_is_passed_are_said():
    pages = whole(OTHERS["long-application"]())

    for words in (
        "The installments do not fit: Rp 4.388.888.888.500 a month too much.",
        "Above the limit; the borrower is a related party",
        "released on 16/03/2026",
        "Bojongjaya & <lain>",
    ):
        assert words in pages, words


def test_a_sheet_says_what_is_due_who_owes_whom_and_why_it_is_frozen():
    page = whole(PAPERS["group-sheet"]())

    for words in (
        "Group Melati Krajan",
        "Group leader Wati Suryani",
        "Date 20 June 2026",
        "Place Balai dusun",
        "is frozen since 20 May 2026: Rp 885.000 tidak terbayar, pertemuan 4.",
        "0003 Wati Suryani 4 492.000 0003 Wati Suryani 9 112.500 112.500",
        "0061 Endang Lestari 0088",
        "Total 1.842.736 1.092.500",
        "0057 Ni Made Ayu Siti Aminah 7 20/05/2026 120.000",
        "Control total (Rp)",
        "(Wati Suryani)",
    ):
        assert words in page, words


def test_a_sheet_of_nobody_says_so():
    page = whole(OTHERS["sheet-of-nobody"]())

    assert "Nobody is in this group on that day." in page
    assert "Open claims between members none" in page
    assert "frozen" not in page


def test_a_receipt_has_lines_for_the_return_until_there_was_one():
    page, returned = (
        whole(draw())
        for draw in (PAPERS["collateral-receipt"], OTHERS["returned-collateral"])
    )

    for words in (
        "Receipt of collateral Number TTA-000012",
        "For loan 7 Borrower 0042 Siti Aminah",
        "Document number BPKB N-01234567",
        "Rp 8.000.000 (eight million rupiah)",
        "Received by Rina Wati, on 16 March 2026",
        "Kept where Lemari besi kantor, map 12",
    ):
        assert words in page, words
        if words[0] != "F":
            assert words in returned, words
    assert "Given back on ...." in page
    assert "7, by now loan 21, which took its place" in returned
    assert "Given back on 20 June 2026" in returned
    assert (
        "Given back by Rina Wati, on 20 June 2026 Given back to Siti Aminah" in returned
    )
    assert "Reason Pinjaman lunas" in returned


# -- from the book -----------------------------------------------------------------


@pytest.fixture
def street(book):
    """Six neighbours; the first of whom asks for a loan that is looked into."""
    return furnish_circle(book)


def applied(book, who, amount=5_000_000):
    with as_(book, "dewi"):
        return loans.apply(
            *(book, who, loans.product(book, "productive"), Money(amount)),
            term=12,
            purpose="Warung",
            on=TODAY,
        )


def looked_into(book, loan):
    with as_(book, "dewi"):
        return appraisal.appraise(
            *(book, loan),
            on=TODAY,
            business="Warung sayur",
            income=Money(3_000_000),
            expenses=Money(1_500_000),
            judged=dict.fromkeys(FIVE_C, Judgement.GOOD) | {"capital": Judgement.POOR},
            recommends=Recommendation.LESS,
            amount=Money(4_000_000),
            visited_on=FIRST_DAY,
            note="rajin",
        )


def pledged(book, loan):
    return security.pledge(
        *(book, loan),
        kind=CollateralKind.VEHICLE,
        description="Honda Beat 2019",
        document="BPKB N-01234567",
        owner="Wati",
        relation="sendiri",
        value=Money(8_000_000),
        appraised_by="Dewi",
        kept_where="Lemari besi",
        on=TODAY,
    )


def test_an_application_gathers_the_family_what_is_behind_it_and_the_appraisal(
    book, street
):
    wati, tuti, yanti = street[:3]
    members.correct(book, wati, occupation="Pedagang")
    members.add_kin(book, wati, Relation.SPOUSE, name="Hartono")
    members.add_kin(book, tuti, Relation.PARENT, other=wati)
    house = members.set_household(book, wati, name="Krajan 5")
    for who in (tuti, yanti):
        members.set_household(book, who, household=house.number)
    other, loan = lend(book, wati), applied(book, wati)
    voluntary = voluntary_of(book, yanti)
    savings.deposit(book, voluntary, Money(500_000), on=TODAY)
    guarantee = {"on": TODAY, "relation": "tetangga"}
    security.guarantee(
        *(book, loan, Money(300_000)), member=yanti, account=voluntary, **guarantee
    )
    security.guarantee(book, loan, Money(200_000), name="Karto", **guarantee)
    thing, found = pledged(book, loan), looked_into(book, loan)

    of = application_of(book, loan, MAY)

    assert of.family == (
        ("Hartono", "Husband or wife"),
        ("Tuti", "Son or daughter"),
        ("Yanti", "Same household"),
    )
    assert (of.spouse, of.occupation, of.business) == (
        *("Hartono", "Pedagang"),
        "Warung sayur",
    )
    assert [(each.name, each.member, each.held) for each in of.guarantors] == [
        ("Yanti", yanti.number, Money(300_000)),
        ("Karto", None, ZERO),
    ]
    assert [(each.document, each.accepted) for each in of.goods] == [
        ("BPKB N-01234567", thing.accepted)
    ]
    left = loans.standing(book, other, MAY).outstanding_principal
    assert [(each.number, each.left) for each in of.others] == [(other.number, left)]
    assert of.analysis.capacity == appraisal.capacity_of(book, loan)
    assert of.analysis.judged[2] is Judgement.POOR
    assert of.analysis.cover == security.cover_of(book, loan, MAY)
    assert of.analysis.limit == loans.lending_limit(book, wati, loan.principal, MAY)
    assert (of.analysis.amount, of.analysis.note) == (found.amount, "rajin")
    assert of.decided.state is LoanState.APPLIED
    assert of.decided.steps == (("Proposed by", "Dewi", TODAY),)
    assert of.code == ""
    pages = whole(application_pdf(replace(of, language="en"), PRINTED))
    for amount in (of.analysis.capacity.asked, of.analysis.cover.total, left):
        assert in_figures(amount) in pages
    assert amount_in_words(loan.principal, "en") in pages


def test_an_application_tells_what_became_of_it(book, street):
    wati, tuti = street[:2]
    loan = applied(book, wati)
    assert application_of(book, loan, TODAY).analysis is None
    looked_into(book, loan)
    guarantor = security.guarantee(
        *(book, loan, Money(300_000)), on=TODAY, relation="tetangga", member=tuti
    )
    approve(book, loans.asked_for(book, loan))
    loans.disburse(book, loan, on=TODAY)
    running = application_of(book, loan, MAY)
    ends = loans.payoff(book, loan, MAY).total
    loans.repay(book, loan, ends, on=MAY, wish=loans.Wish.SETTLE)
    security.release_guarantor(book, guarantor, on=MAY, note="lunas")

    of = application_of(book, loan, MAY)

    assert running.decided.by("Approved by") == "Budi"
    assert running.analysis.limit.owes == loan.principal
    assert running.plan == of.plan
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", running.code)
    assert of.decided.state is LoanState.SETTLED
    assert of.analysis.limit is None
    assert of.analysis.cover.percent is None
    assert [each.released_on for each in of.guarantors] == [MAY]
    pages = whole(application_pdf(replace(of, language="en"), PRINTED))
    assert "released on 20/05/2026" in pages
    assert "State of the loan Settled" in pages


def test_a_sheet_gathers_everybody_every_loan_and_every_open_claim(book, street):
    wati, tuti, yanti = street[:3]
    group = circle(book, street)
    lent = [borrow(book, group, who) for who in (wati, wati, tuti)]
    day = loans.schedule_of(book, lent[0])[0].due_on
    due = {
        row.loan.number: row.due for row in groups.sheet(book, group, day) if row.loan
    }
    assert group_sheet_of(book, group, day).frozen is None
    given = [
        Given(lent[0], due[lent[0].number]),
        Given(lent[1], Money(5_000), ((yanti, Money(20_000)),)),
    ]
    groups.meet(book, group, on=day, given=given, present=[wati.number, yanti.number])
    groups.give_back(book, group, 1, Money(8_000), on=day)

    of = group_sheet_of(book, group, MAY)

    found = groups.sheet(book, group, MAY)
    assert [(row.member, row.due) for row in of.rows] == [
        (row.member.number, row.due) for row in found
    ]
    assert [row.loan for row in of.rows] == [each.number for each in lent] + [None] * 4
    assert [row.first for row in of.rows][:3] == [True, False, True]
    assert all(row.here for row in of.rows)
    assert (of.members, of.loans) == (6, 3)
    assert of.due == sum((row.due for row in found), ZERO) > of.arrears > ZERO
    (claim,) = of.claims
    assert (claim.payer, claim.borrower) == (f"{yanti.number:04d} Yanti", "Wati")
    assert (claim.loan, claim.on, claim.left) == (lent[1].number, day, Money(12_000))
    assert of.frozen[0] == day
    pages = whole(group_sheet_pdf(replace(of, language="en"), PRINTED))
    assert f"Total {in_figures(of.due)} {in_figures(of.arrears)}" in pages
    assert f"is frozen since {day.day} February 2026" in pages
    assert group_sheet_of(book, group, FIRST_DAY).claims == ()


def test_a_receipt_gathers_what_was_taken_in_and_given_back(book, street):
    loan = applied(book, street[0])
    row = pledged(book, loan)
    kept = collateral_receipt_of(book, row)
    loans.cancel(book, loan)
    security.release_collateral(book, row, to="Wati", on=MAY, note="tidak jadi")

    of = collateral_receipt_of(book, row)

    assert (kept.loan, kept.secures) == (loan.number, loan.number)
    assert (kept.received_on, kept.received_by) == (TODAY, "Rina")
    assert (kept.released_on, kept.released_to, kept.code) == (None, "", "")
    assert kept.accepted == row.accepted
    assert (of.released_on, of.released_to, of.released_by) == (MAY, "Wati", "Rina")
    assert of.release_note == "tidak jadi"


def test_no_paper_holds_a_nik_or_a_telephone_number(book, street):
    siti = members.member(book, 1)
    members.correct(book, siti, phone=PHONE)
    group = circle(book, [siti, *street[:5]])
    loan = borrow(book, group, siti)
    papers = [
        application_pdf(application_of(book, loan, MAY), PRINTED),
        group_sheet_pdf(group_sheet_of(book, group, MAY), PRINTED),
        collateral_receipt_pdf(
            collateral_receipt_of(book, pledged(book, loan)), PRINTED
        ),
    ]

    assert (siti.national_id, siti.phone) == (NIK, PHONE)
    for paper in papers:
        pages = whole(paper).replace(" ", "")
        assert not re.search(r"\d{16}", pages)
        for secret in (NIK[:6], PHONE[4:], PHONE[-6:]):
            assert secret not in pages


# -- in Indonesian -----------------------------------------------------------------


@pytest.mark.parametrize("title", INDONESIAN)
def test_on_indonesian_papers_no_english_is_left(title, indonesian):
    pages = whole(INDONESIAN[title]())

    assert title in pages
    assert "Halaman 1 dari" in pages
    for english in (
        " the ",
        " of ",
        " on ",
        "Interest",
        "Loan",
        "Paid",
        "Given",
        "by ",
    ):
        assert english not in pages, english


def test_indonesian_papers_say_the_same(indonesian):
    application, sheet, receipt = (whole(draw()) for draw in INDONESIAN.values())

    for words in (
        "Rp 5.000.000 (lima juta rupiah)",
        "1,5% per bulan, tetap (flat)",
        "Analisis Pinjaman FP-000007",
        "Beri lebih kecil: Rp 4.000.000 (empat juta rupiah)",
        "Disetujui oleh Budi Santoso, pada 12 Maret 2026",
    ):
        assert words in application, words
    assert "dibekukan sejak 20 Mei 2026" in sheet
    assert "Jumlah 1.842.736 1.092.500" in sheet
    assert "Rp 8.000.000 (delapan juta rupiah)" in receipt
    assert LONG not in receipt
