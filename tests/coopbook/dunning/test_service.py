"""What is done about late loans, through a book: nothing twice, help first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import cooperatives, dunning, loans, settlement
from coopbook.decisions import DecisionBody
from coopbook.dunning import Copy, LateReason, StepKind, Task
from coopbook.dunning.refusals import (
    BorrowerDied,
    DayToCome,
    FirstIsPrivate,
    HelpFirst,
    MeetingNeeded,
    NoConsent,
    NotAPromise,
    NotDecidedThen,
    NothingLate,
    NotPaidOutThen,
    NotTheBoard,
    PromiseTooFar,
    SentAlready,
    StruckAlready,
    TooSoon,
)
from coopbook.ledger.rules import ReasonNeeded
from coopbook.loans.rules import WrongState
from coopbook.members.rules import MemberStatus
from coopbook.money import Money
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.gone_bad import by_law, decided
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


def due(book, loan, row=0):
    return list(loans.schedule_of(book, loan))[row].due_on


def work(book, on, **more):
    return {row.loan.number: row.tasks for row in dunning.work_list(book, on, **more)}


def test_a_loan_comes_on_the_list_when_something_is_to_do(village, late):
    first = due(village, late)
    for days, expected in (
        (-4, None),
        (-3, (Task.REMIND,)),
        (-1, (Task.REMIND,)),
        (0, (Task.DUE_TODAY,)),
        (1, (Task.JUST_LATE,)),
        (7, (Task.VISIT_DUE,)),
        (14, (Task.LETTER_DUE, Task.VISIT_DUE)),
    ):
        found = work(village, first + days * ONE)
        assert found.get(late.number) == expected, days


def test_the_most_pressing_comes_first_and_an_officer_sees_the_own(village):
    people = furnish_street(village)
    some = [lend(village, who) for who in people[:3]]
    first = due(village, some[0])
    dunning.note_step(
        *(village, some[2], StepKind.PROMISE),
        on=first + ONE,
        promised=Money(10_000),
        promised_on=first + 2 * ONE,
    )
    loans.repay(
        village, some[1], loans.standing(village, some[1], first).due.total, on=first
    )
    rows = dunning.work_list(village, first + 3 * ONE)
    assert [row.loan.number for row in rows] == [some[2].number, some[0].number]
    assert rows[0].tasks[0] is Task.PROMISE_BROKEN
    assert rows[0].amount == loans.standing(village, some[2], first).due.total
    loans.look_after(village, [some[0]], "rina", on=first)
    assert set(work(village, first + 3 * ONE, officer="rina")) == {some[0].number}


def test_letters_go_once_and_in_their_time(village, late):
    first = due(village, late)
    with pytest.raises(NothingLate):
        dunning.send_letter(village, late, on=first)
    with pytest.raises(TooSoon) as refusal:
        dunning.send_letter(village, late, on=first + 13 * ONE)
    assert refusal.value.on == first + 14 * ONE
    sent = dunning.send_letter(village, late, on=first + 14 * ONE)
    owes = loans.standing(village, late, first + 14 * ONE).due.total
    assert (sent.kind, sent.label, sent.arrears) == (
        *(StepKind.LETTER_1, "SP1-2026-0001", owes),
    )
    assert sent.deadline_on == first + 21 * ONE
    with pytest.raises(TooSoon):
        dunning.send_letter(village, late, on=first + 27 * ONE)
    for days, label in ((28, "SP2-2026-0001"), (42, "SP3-2026-0001")):
        assert dunning.send_letter(village, late, on=first + days * ONE).label == label
    assert dunning.sent_all(village, late, first + 42 * ONE)
    with pytest.raises(SentAlready):
        dunning.send_letter(village, late, on=first + 90 * ONE)


def test_the_third_letter_invites_to_the_board(village, late):
    first = due(village, late)
    for days in (14, 28):
        sent = dunning.send_letter(
            *(village, late),
            on=first + days * ONE,
            meeting_on=first + 90 * ONE,
            meeting_place="kantor",
        )
        assert (sent.next_on, sent.next_step) == (None, None)
    day = first + 42 * ONE
    for on, place in ((day, "kantor"), (day + ONE, " "), (None, "kantor")):
        with pytest.raises(MeetingNeeded):
            dunning.send_letter(
                village, late, on=day, meeting_on=on, meeting_place=place
            )
    sent = dunning.send_letter(
        village, late, on=day, meeting_on=day + ONE, meeting_place=" kantor "
    )
    assert (sent.next_on, sent.next_step) == (day + ONE, "kantor")


def test_the_first_letter_may_be_early_but_never_the_time_to_answer(village, late):
    day = due(village, late) + ONE
    dunning.send_letter(village, late, on=day, early=True)
    with pytest.raises(TooSoon):
        dunning.send_letter(village, late, on=day + 13 * ONE, early=True)


def test_who_paid_everything_and_falls_late_again_begins_anew(village, late):
    first = due(village, late)
    dunning.send_letter(village, late, on=first + 14 * ONE)
    day = first + 20 * ONE
    loans.repay(village, late, loans.standing(village, late, day).due.total, on=day)
    assert work(village, day) == {}
    again = due(village, late, 1) + 14 * ONE
    assert dunning.late_since(village, late, again) == due(village, late, 1) + ONE
    second = dunning.send_letter(village, late, on=again)
    assert second.label == "SP1-2026-0002"


def test_a_part_paid_does_not_begin_anew(village, late):
    first = due(village, late)
    dunning.send_letter(village, late, on=first + 14 * ONE)
    row = next(iter(loans.schedule_of(village, late)))
    loans.repay(village, late, row.total, on=due(village, late, 1) + 5 * ONE)
    day = due(village, late, 1) + 14 * ONE
    assert dunning.late_since(village, late, day) == first + ONE
    assert dunning.send_letter(village, late, on=day).kind is StepKind.LETTER_2


def test_help_comes_first(village, late):
    first = due(village, late)
    dunning.note_step(
        *(village, late, StepKind.VISIT), on=first + 7 * ONE, why=LateReason.ILLNESS
    )
    with pytest.raises(HelpFirst):
        dunning.send_letter(village, late, on=first + 14 * ONE)
    assert work(village, first + 14 * ONE)[late.number] == (Task.HELP_DUE,)
    dunning.note_step(village, late, StepKind.HELP, on=first + 15 * ONE, met="Siti")
    assert dunning.send_letter(village, late, on=first + 15 * ONE).label


def test_nothing_is_sent_in_the_name_of_who_has_died(village, late):
    day = due(village, late) + 14 * ONE
    dunning.send_letter(village, late, on=day)
    died = day + 3 * ONE
    settlement.begin(
        *(village, late.member, MemberStatus.DECEASED), on=died, reason="wafat"
    )
    for act in (
        lambda: dunning.send_letter(village, late, on=day + 14 * ONE),
        lambda: dunning.note_step(village, late, StepKind.REMINDER, on=died),
    ):
        with pytest.raises(BorrowerDied) as refusal:
            act()
        assert refusal.value.name == late.member.name
    assert work(village, died - ONE)[late.number] == (Task.VISIT_DUE,)
    assert work(village, day + 14 * ONE)[late.number] == (Task.HELP_DUE,)
    then = dunning.outlook(village, late, day + 14 * ONE)
    assert (then.letter, then.late.died_on) == (None, died)
    dunning.note_step(village, late, StepKind.HELP, on=day + 14 * ONE, met="Istri")
    assert work(village, day + 15 * ONE) == {}
    assert work(village, day + 28 * ONE)[late.number] == (Task.HELP_DUE,)


def test_the_village_hears_only_with_consent_and_the_boards_decision(village, late):
    day = due(village, late) + 14 * ONE
    with pytest.raises(NoConsent):
        dunning.send_letter(village, late, on=day, copies=[Copy.VILLAGE])
    watch = decided(village, FIRST_DAY, DecisionBody.SUPERVISORS)
    board = decided(village, FIRST_DAY)
    with pytest.raises(NotTheBoard):
        dunning.consent(village, late, on=day, paper="Map", decision_number=watch)
    with pytest.raises(ReasonNeeded):
        dunning.consent(village, late, on=day, paper=" ", decision_number=board)
    dunning.consent(village, late, on=day, paper="Map 3", decision_number=board)
    with pytest.raises(FirstIsPrivate):
        dunning.send_letter(
            village, late, on=day, copies=[Copy.VILLAGE, Copy.GUARANTORS]
        )
    sent = dunning.send_letter(village, late, on=day, copies=[Copy.VILLAGE])
    assert sent.copies == "village"
    dunning.withdraw_consent(village, late, on=day + ONE)
    assert dunning.consent_of(village, late, day) is not None
    with pytest.raises(NoConsent):
        dunning.send_letter(village, late, on=day + 14 * ONE, copies=[Copy.VILLAGE])
    with pytest.raises(NoConsent):
        dunning.withdraw_consent(village, late, on=day + ONE)
    assert len(dunning.consents(village, late)) == 1


def test_a_promise_says_how_much_and_when(village, late):
    day = due(village, late) + ONE
    for promised, by in (
        (None, day),
        (Money(0), day),
        (Money(5), None),
        (Money(5), day - ONE),
    ):
        with pytest.raises(NotAPromise):
            dunning.note_step(
                *(village, late, StepKind.PROMISE),
                on=day,
                promised=promised,
                promised_on=by,
            )


def test_a_promise_runs_as_long_as_the_by_laws_let_it(village, late):
    day = due(village, late) + ONE

    def promise(days, on=day):
        return dunning.note_step(
            *(village, late, StepKind.PROMISE),
            on=on,
            promised=Money(1),
            promised_on=on + days * ONE,
        )

    with pytest.raises(PromiseTooFar) as refusal:
        promise(31)
    assert (refusal.value.days, refusal.value.last) == (30, day + 30 * ONE)
    assert promise(30).promised == Money(1)
    assert work(village, day + 29 * ONE) == {}
    assert work(village, day + 31 * ONE)[late.number][0] is Task.PROMISE_BROKEN
    by_law(village, "longest_promise_days", 14)
    with pytest.raises(PromiseTooFar):
        promise(15, day + 32 * ONE)
    again = day + 32 * ONE
    promise(14, again)
    (row,) = dunning.work_list(village, again)
    assert row.tasks == (Task.LETTER_DUE, Task.VISIT_DUE)
    assert row.promise.promised == Money(1)
    then = dunning.outlook(village, late, again)
    assert (then.promise.number, then.waits) == (2, False)


def test_nothing_is_written_down_of_a_day_to_come_or_before_the_loan(village, late):
    day = due(village, late) + 14 * ONE
    sent = dunning.send_letter(village, late, on=day)
    board = decided(village, FIRST_DAY)
    now = cooperatives.today(village)
    for act in (
        lambda on: dunning.note_step(village, late, StepKind.CALL, on=on),
        lambda on: dunning.send_letter(village, late, on=on),
        lambda on: dunning.strike(village, late, sent.number, on=on, reason="salah"),
        lambda on: dunning.withdraw_consent(village, late, on=on),
        lambda on: dunning.consent(
            *(village, late), on=on, paper="Map", decision_number=board
        ),
    ):
        with pytest.raises(DayToCome) as refusal:
            act(now + ONE)
        assert refusal.value.today == now
        with pytest.raises(NotPaidOutThen) as early:
            act(FIRST_DAY - ONE)
        assert early.value.since == FIRST_DAY
    assert [row.kind for row in dunning.steps_of(village, late, struck=True)] == [
        StepKind.LETTER_1
    ]
    assert dunning.note_step(village, late, StepKind.CALL, on=now).step_on == now
    assert dunning.note_step(village, late, StepKind.CALL, on=FIRST_DAY).number == 3


def test_the_board_decides_about_this_loan_before_the_consent(village, late):
    day = due(village, late)

    def agree(decided_on, on=day):
        number = decided(village, decided_on)
        return dunning.consent(
            *(village, late), on=on, paper="Map 3", decision_number=number
        )

    for decided_on in (day + ONE, FIRST_DAY - ONE):
        with pytest.raises(NotDecidedThen) as refusal:
            agree(decided_on)
        assert (refusal.value.since, refusal.value.until) == (FIRST_DAY, day)
    assert agree(FIRST_DAY).consented_on == agree(day).consented_on == day


def test_a_reminder_is_written_down_once_a_day(village, late):
    day = due(village, late) - 3 * ONE
    dunning.note_step(village, late, StepKind.REMINDER, on=day)
    with pytest.raises(SentAlready):
        dunning.note_step(village, late, StepKind.REMINDER, on=day)
    assert work(village, day) == work(village, day + 2 * ONE) == {}
    loans.repay(
        village, late, loans.standing(village, late, day + 3 * ONE).due.total, on=day
    )
    assert work(village, due(village, late, 1) - 2 * ONE) == {
        late.number: (Task.REMIND,)
    }


def test_what_was_written_by_mistake_is_struck_and_stays(village, late):
    day = due(village, late) + 14 * ONE
    sent = dunning.send_letter(village, late, on=day)
    with pytest.raises(ReasonNeeded):
        dunning.strike(village, late, sent.number, on=day, reason="")
    struck = dunning.strike(village, late, sent.number, on=day, reason="salah cetak")
    for number in (sent.number, struck.number):
        with pytest.raises(StruckAlready):
            dunning.strike(village, late, number, on=day, reason="lagi")
    assert dunning.steps_of(village, late) == []
    assert len(dunning.steps_of(village, late, struck=True)) == 2
    assert dunning.send_letter(village, late, on=day).label == "SP1-2026-0002"


def test_a_loan_that_does_not_run_is_not_collected(village):
    with as_(village, "dewi"):
        asked = loans.apply(
            *(
                village,
                furnish_street(village)[0],
                loans.product(village, "productive"),
            ),
            Money(100_000),
            term=3,
            purpose="x",
            on=FIRST_DAY,
        )
    with pytest.raises(WrongState):
        dunning.note_step(village, asked, StepKind.CALL, on=FIRST_DAY)
