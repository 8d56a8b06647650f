"""Warning letters gathered from the book: what stands on them, and stays there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from coopbook import dunning, loans, security
from coopbook.dunning import Copy
from coopbook.dunning.refusals import NothingLate
from coopbook.money import Money
from coopbook.printing.warning_gathering import NoMeetingKnown, letter_of
from coopbook.printing.warning_letter import (
    BoardMeeting,
    Contact,
    NextStep,
    warning_letter_pdf,
)
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.gone_bad import by_law, decided, written_off
from tests.coopbook.groups.circles import borrow, circle, furnish_circle
from tests.coopbook.printing.loan_samples import PRINTED
from tests.coopbook.printing.test_loan_papers import whole as text_of
from tests.coopbook.rounds.neighbours import furnish_street, lend, whole

ONE = timedelta(days=1)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


@pytest.fixture
def late(village):
    return lend(village, furnish_street(village)[0])


def letter_day(book, loan, which=1):
    """Return the day on which a letter of a loan is due."""
    first = next(iter(loans.schedule_of(book, loan))).due_on
    return first + which * 14 * ONE


def send(book, loan, upto=1, **more):
    """Send the letters up to one, each on its day, as the credit officer."""
    row = None
    with as_(book, "dewi"):
        for which in range(1, upto + 1):
            day = letter_day(book, loan, which)
            row = dunning.send_letter(
                *(book, loan),
                on=day,
                meeting_on=day + 10 * ONE,
                meeting_place="Kantor koperasi, pukul 19.30",
                **(more if which == upto else {}),
            )
    return row


def drawn(of) -> str:
    return text_of(warning_letter_pdf(replace(of, language="en"), PRINTED))


def test_a_letter_says_what_the_book_knew_on_its_day(village, late):
    row = send(village, late)

    of = letter_of(village, late, row)

    assert (of.level, of.label, of.on) == (1, "SP1-2026-0001", row.step_on)
    assert (of.borrower.name, of.hamlet) == (late.member.name, "Krajan")
    assert of.arrears == row.arrears
    assert of.deadline == row.step_on + 7 * ONE
    assert (of.signer, of.office) == ("Dewi", "Credit officer")
    assert (of.contact.name, of.contact.office) == ("Dewi", "Credit officer")
    assert (of.agreed_on, of.days_past_due) == (FIRST_DAY, 14)
    assert "Number SP1-2026-0001" in drawn(of)


def test_a_letter_printed_again_later_says_the_same(village, late):
    rows = [send(village, late)]
    before = letter_of(village, late, rows[0])
    day = letter_day(village, late, 2)
    loans.repay(village, late, Money(50_000), on=day)
    with as_(village, "budi"):
        rows.append(dunning.send_letter(village, late, on=day))
    second = letter_of(village, late, rows[1])
    dunning.strike(village, late, rows[0].number, on=day, reason="salah cetak")

    assert letter_of(village, late, rows[0]) == before
    assert letter_of(village, late, rows[1]) == second
    assert [each.label for each in second.earlier] == ["SP1-2026-0001"]
    assert (second.signer, second.office) == ("Budi", "Manager")
    assert drawn(before) == drawn(letter_of(village, late, rows[0]))


def test_a_letter_that_was_struck_out_is_not_cited(village, late):
    wrong = send(village, late)
    dunning.strike(village, late, wrong.number, on=wrong.step_on, reason="salah")
    dunning.send_letter(village, late, on=wrong.step_on)
    second = dunning.send_letter(village, late, on=letter_day(village, late, 2))

    of = letter_of(village, late, second)

    assert [each.label for each in of.earlier] == ["SP1-2026-0002"]


def test_letters_of_arrears_that_were_paid_are_not_cited(village, late):
    send(village, late)
    day = letter_day(village, late) + ONE
    loans.repay(village, late, loans.standing(village, late, day).due.total, on=day)
    again = list(loans.schedule_of(village, late))[1].due_on + 14 * ONE
    dunning.send_letter(village, late, on=again)
    second = dunning.send_letter(village, late, on=again + 14 * ONE)

    of = letter_of(village, late, second)

    assert [each.label for each in of.earlier] == ["SP1-2026-0002"]


def test_guarantors_of_the_day_are_named_where_they_get_a_copy(village, late):
    with as_(village, "dewi"):
        for name in ("Pak Karto", "Bu Marni"):
            security.guarantee(
                *(village, late, Money(100_000)),
                name=name,
                relation="saudara",
                on=FIRST_DAY,
            )
    rows = [send(village, late, 2, copies=[Copy.GUARANTORS])]

    of = letter_of(village, late, rows[0])

    assert of.guarantors == ("Pak Karto", "Bu Marni")
    assert of.group == ""
    assert "A copy goes to the guarantors: Pak Karto, Bu Marni." in drawn(of)


def test_the_group_is_named_where_it_gets_a_copy(village):
    street = furnish_circle(village)
    group = circle(village, street, "Kelompok Mawar")
    loan = borrow(village, group, street[0])
    row = send(village, loan, 3, copies=[Copy.GROUP])

    of = letter_of(village, loan, row)

    assert of.group == group.name
    assert NextStep.GROUP in of.steps


def test_the_village_is_named_with_its_consent_even_when_it_was_withdrawn(
    village, late
):
    board = decided(village, FIRST_DAY)
    day = letter_day(village, late)
    dunning.consent(village, late, on=FIRST_DAY, paper="Map 3", decision_number=board)
    row = send(village, late, copies=[Copy.VILLAGE])
    dunning.withdraw_consent(village, late, on=day)

    of = letter_of(village, late, row)

    assert of.village is not None
    assert of.village.consented_on == FIRST_DAY
    assert of.village.decision.startswith("PENGURUS-2026-")


def test_the_third_letter_invites_to_the_board(village, late):
    row = send(village, late, 3)

    of = letter_of(village, late, row)

    assert [each.label for each in of.earlier] == ["SP1-2026-0001", "SP2-2026-0001"]
    assert of.meeting == BoardMeeting(
        row.step_on + 10 * ONE, "Kantor koperasi, pukul 19.30"
    )
    assert of.steps == (NextStep.MEDIATION, NextStep.COURT)
    assert "Kantor koperasi, pukul 19.30" in drawn(of)


def test_a_third_letter_without_its_meeting_is_not_printed(village, late):
    send(village, late, 2)
    row = dunning.send_letter(village, late, on=letter_day(village, late, 3))

    with pytest.raises(NoMeetingKnown) as refusal:
        letter_of(village, late, row)

    assert refusal.value.facts == {"label": "SP3-2026-0001"}


def test_somebody_else_may_sign_and_be_talked_to(village, late):
    row, talks = send(village, late), Contact("Bu Tini", "Pengawas", "Senin")

    of = letter_of(
        *(village, late, row), contact=talks, signer="Pak Budi", office="Manager"
    )

    assert (of.contact, of.signer, of.office) == (talks, "Pak Budi", "Manager")


def test_where_nothing_was_late_after_all_no_letter_is_printed(village, late):
    row = send(village, late)
    day = next(iter(loans.schedule_of(village, late))).due_on
    loans.repay(village, late, loans.standing(village, late, day).due.total, on=day)

    with pytest.raises(NothingLate):
        letter_of(village, late, row)


def test_a_letter_is_printed_when_the_loan_is_written_off(village, late):
    entry = written_off(village, late)
    row = dunning.steps_of(village, late)[0]

    of = letter_of(village, late, row)

    assert entry is not None
    assert of.arrears == row.arrears
    assert of.level == 1
