"""Warning letters: how they look, what stands on them, and who may read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta

import pytest
from PIL import Image

from coopbook import ledger, loans, members
from coopbook.ledger import credit, debit
from coopbook.loans import InstallmentState
from coopbook.money import ZERO, Money
from coopbook.numerals import amount_in_words, in_figures
from coopbook.people import approvals
from coopbook.printing.warning_letter import (
    BoardMeeting,
    Cited,
    NextStep,
    VillageCopy,
    WarningLetter,
    unpaid_of,
    warning_letter_pdf,
)
from tests.conftest import FIRST_DAY, TODAY, as_
from tests.coopbook.printing import dunning_samples as samples
from tests.coopbook.printing.loan_samples import PRINTED, START
from tests.coopbook.printing.test_backing_papers import check_room
from tests.coopbook.printing.test_images import (
    ALLOWED,
    DRAW,
    GOLDEN,
    LARGEST_PICTURE,
    pages_of,
    share_of,
)
from tests.coopbook.printing.test_loan_papers import four_greys, texts, whole

SCALE = 1.0
"""A letter is full of words, so its picture is kept smaller than other papers' are."""

LETTERS: dict[str, WarningLetter] = {
    "warning-letter-1": samples.FIRST,
    "warning-letter-2": samples.SECOND,
    "warning-letter-3": samples.THIRD,
}
CROWDED = {
    "warning-letter-of-twenty": samples.TWENTY,
    "long-warning-letter": samples.LONG_LETTER,
}
PAPERS: dict[str, Callable[[], bytes]] = {
    f"{name}-{language}": lambda of=of, language=language: drawn(of, language)
    for name, of in (LETTERS | CROWDED).items()
    for language in ("en", "id")
}
KEPT = [
    name
    for name in PAPERS
    if name not in ("warning-letter-of-twenty-en", "long-warning-letter-id")
]


def drawn(of: WarningLetter, language: str = "en") -> bytes:
    return warning_letter_pdf(replace(of, language=language), PRINTED)


# -- how they look ---------------------------------------------------------------


@pytest.mark.parametrize("name", KEPT)
def test_a_letter_looks_as_the_pictures_that_are_kept(name, indonesian):
    for number, page in enumerate(pages_of(PAPERS[name](), SCALE), start=1):
        kept = GOLDEN / f"{name}-{number}.png"
        if DRAW:
            four_greys(page).save(kept, optimize=True, bits=2)
        with Image.open(kept) as golden:
            assert share_of(page, golden.convert("L")) <= ALLOWED
        assert kept.stat().st_size <= LARGEST_PICTURE


@pytest.mark.parametrize("name", PAPERS)
def test_no_text_leaves_the_letter_or_lies_on_another(name, indonesian):
    check_room(PAPERS[name]())


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_facts_give_the_same_bytes(name, indonesian):
    assert PAPERS[name]() == PAPERS[name]()
    assert PAPERS[name]().startswith(b"%PDF-")


@pytest.mark.parametrize("name", LETTERS)
def test_a_usual_letter_is_one_page_and_a_crowded_one_never_more_than_two(
    name, indonesian
):
    for language in ("en", "id"):
        assert len(texts(drawn(LETTERS[name], language))) == 1
        for of in CROWDED.values():
            assert len(texts(drawn(of, language))) == 2


# -- what stands on them ---------------------------------------------------------


def test_a_letter_says_to_whom_about_what_and_until_when():
    page = whole(drawn(samples.SECOND))

    for words in (
        "Second warning letter Number SP2-000015, 18 May 2026",
        "Addressed to Siti Aminah",
        "Member number 0042",
        "Hamlet or RT Krajan RT 3",
        "Agreement of 16 March 2026",
        "Amount lent Rp 5.000.000",
        "Principal left Rp 5.000.000",
        "Class current, 32 days late",
        "1 16/04/2026 417.000 75.000 17.220 509.220",
        "2 16/05/2026 417.000 75.000 0 492.000",
        "Total 834.000 150.000 17.220 1.001.220",
        "All that is late comes to Rp 1.001.220 (one million, one thousand,",
        "Please pay it by 25 May 2026, or agree with us on another plan by then.",
        "Otherwise another letter follows after that day.",
        "tell Dewi Lestari or the supervisors by 25 May 2026",
        "The check code at the foot of the page",
        "SP2-000015 · Check code 7F3A-09BC · printed on 16/03/2026 12.04 by Rina Wati",
        "Bojongjaya, 18 May 2026 Manager",
        "(Siti Aminah) (Budi Santoso)",
    ):
        assert words in page, words


@pytest.mark.parametrize("of", [*LETTERS.values(), *CROWDED.values()])
def test_help_is_offered_before_anything_is_asked(of):
    page = whole(drawn(of))

    offered = page.index("Is it hard to pay? Let us talk first")
    assert "rescheduling" in page[offered : page.index("In our book")]
    for pressure in (
        "Please pay",
        "late comes to",
        "court",
        "We wrote to you",
        "A copy",
    ):
        assert offered < page.find(pressure) or pressure not in page


def test_each_letter_cites_those_before_it():
    first, second, third = (whole(drawn(of)) for of in LETTERS.values())

    assert "We wrote to you before" not in first
    assert "We wrote to you before: SP1-000012 of 2 May 2026." in second
    assert (
        "We wrote to you before: SP1-000012 of 2 May 2026; SP2-000015 of 18 May 2026."
        in third
    )


def test_only_the_third_invites_to_the_board_and_names_what_may_follow():
    first, second, third = (whole(drawn(of)) for of in LETTERS.values())

    invited = "The board invites you to talk it over together on 1 July 2026: kantor"
    assert invited in third
    assert "the claim is brought before a court" in third
    assert "the insurance of the loan is claimed" not in third
    for page in (first, second):
        assert "board invites" not in page
        assert "court" not in page


def test_twenty_unpaid_installments_are_twelve_and_a_sum_of_the_rest():
    of = samples.TWENTY
    page = whole(drawn(of))

    assert "12 16/03/2027 417.000 75.000 137.760 629.760 and 8 more" in page
    assert "16/04/2027" not in page
    rest = sum((each.total for each in of.unpaid[12:]), ZERO)
    assert f"and 8 more 3.336.000 600.000 482.160 {in_figures(rest)}" in page
    shown = sum((each.total for each in of.unpaid[:12]), ZERO)
    assert of.arrears == shown + rest
    assert f"Total 8.340.000 1.500.000 3.271.800 {in_figures(of.arrears)}" in page
    assert amount_in_words(of.arrears, "en") in page


def test_what_people_wrote_is_no_markup():
    pages = whole(drawn(samples.LONG_LETTER))

    assert "Manager & <lain>" in pages
    assert "& <balai>" in pages


def test_a_letter_without_a_code_does_not_speak_of_it():
    assert "check code" not in whole(drawn(replace(samples.FIRST, code=""))).lower()


# -- who may read them -------------------------------------------------------------


def test_nobody_but_the_member_reads_the_first_letter():
    page = whole(drawn(samples.FIRST))

    assert "A copy" not in page
    assert "Nobody else receives this letter." in page
    for wrong in ({"guarantors": ("Pak Karto",)}, {"group": "Kelompok Mawar"}):
        with pytest.raises(ValueError, match="read no first letter"):
            replace(samples.FIRST, **wrong)


def test_guarantors_and_the_group_are_named_and_no_more():
    page = whole(drawn(samples.SECOND))

    assert "A copy goes to the guarantors: Ni Made Ayu, Pak Karto." in page
    assert "A copy goes to the group: Kelompok Mawar." in page
    assert "village government" not in page


def test_the_village_reads_a_letter_only_by_consent_and_a_decision_of_the_board():
    assert (
        "A copy goes to the village government, as you agreed in writing on "
        "16 March 2026 and the board decided in KP-2026-004."
    ) in whole(drawn(samples.THIRD))
    for on, decision in ((None, "KP-2026-004"), (START, ""), (START, "  ")):
        with pytest.raises(ValueError, match="written consent"):
            VillageCopy(on, decision)
    late = VillageCopy(samples.THIRD.on + timedelta(days=1), "KP-2026-004")
    with pytest.raises(ValueError, match="consent comes before"):
        replace(samples.THIRD, village=late)


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": 0},
        {"level": 4},
        {"label": " "},
        {"unpaid": ()},
        {"deadline": samples.SECOND.on},
        {"earlier": ()},
        {"earlier": (Cited(2, "SP2-000012", START),)},
        {"earlier": (Cited(1, "SP1-000012", samples.SECOND.on),)},
        {"meeting": BoardMeeting(date(2026, 6, 1), "kantor")},
        {"steps": (NextStep.COURT,)},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_a_letter_that_cannot_be_is_not_written(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        replace(samples.SECOND, **wrong)


def test_a_third_letter_needs_its_meeting_and_its_steps():
    for wrong in (
        {"meeting": None},
        {"steps": ()},
        {"meeting": BoardMeeting(samples.THIRD.on, "kantor")},
    ):
        with pytest.raises(ValueError, match="board"):
            replace(samples.THIRD, **wrong)


def test_facts_do_not_change():
    with pytest.raises(FrozenInstanceError):
        samples.FIRST.level = 2


# -- from the book ---------------------------------------------------------------


def test_what_is_unpaid_is_what_the_book_says_is_late(book):
    lines = [debit(11102, Money(5_000_000)), credit(33002, Money(5_000_000))]
    ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
    borrower, product = members.member(book, 1), loans.product(book, "productive")
    with as_(book, "dewi"):
        row = loans.apply(
            *(book, borrower, product, Money(5_000_000)),
            term=12,
            purpose="Warung",
            on=TODAY,
        )
    with as_(book, "budi"):
        asked = approvals.inbox(book)[0]
        approvals.approve(book, asked.number, digest=asked.digest)
    loans.disburse(book, row, on=TODAY)
    day = TODAY + timedelta(days=100)
    loans.repay(book, row, Money(100_000), on=TODAY + timedelta(days=40))
    now = loans.standing(book, row, day)

    rows = unpaid_of(now.strip)

    late = [each for each in now.strip if each.state is InstallmentState.LATE]
    assert [each.number for each in rows] == [each.number for each in late] != []
    parts = sum((each.principal + each.interest for each in rows), ZERO)
    assert parts == now.arrears
    assert sum((each.penalty for each in rows), ZERO) == now.due.penalty > ZERO
    page = whole(drawn(replace(samples.FIRST, unpaid=rows)))
    assert in_figures(now.due.total) in page
    assert not re.search(r"\d{16}", page.replace(" ", ""))


# -- in Indonesian ---------------------------------------------------------------


@pytest.mark.parametrize("level", [1, 2, 3])
def test_on_an_indonesian_letter_no_english_is_left(level, indonesian):
    page = whole(drawn(LETTERS[f"warning-letter-{level}"], "id"))

    assert f"Surat Peringatan {'I' * level} Nomor SP{level}-" in page
    assert page.index("restrukturisasi") < page.index("Mohon dibayar")
    for english in (" the ", " of ", "Interest", "Principal", "Paid", "Loan", "late"):
        assert english not in page, english
