"""Collecting at the desks: the work list, one loan's steps, letters, the village."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from coopbook import baddebts, dunning, loans, members, security, settlement
from coopbook.book import Book
from coopbook.decisions import DecisionBody, enter_decision
from coopbook.dunning import DunningStep, LateReason, StepKind
from coopbook.members.rules import MemberStatus
from coopbook.money import Money
from coopbook.numerals import in_figures
from coopbook.people import Role
from tests.conftest import FIRST_DAY, TODAY, Coop, found
from tests.coopbook.gone_bad import LATE, written_off
from tests.coopbook.rounds.neighbours import furnish_street, lend
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_counter_savings import ON, in_english
from tests.webui.test_policy import only
from tests.webui.test_twice import at_once

WRITE = (Role.CREDIT, Role.MANAGER, Role.TREASURER)
READ = (Role.SUPERVISOR, Role.AUDITOR)
NEITHER = (Role.TELLER, Role.BOOKKEEPER, Role.MEMBER)
PHONE = "+628138877665"
DAY = timedelta(days=1)


def lent(coop: Coop, names: tuple[str, ...] = ("Marni", "Narti")) -> list[int]:
    """Lend neighbours 1,200,000 each on the first day, of which nothing is paid."""
    with coop.open() as book:
        street = furnish_street(book, names)
        return [lend(book, who).number for who in street]


def steps(coop: Coop, number: int, *, struck: bool = False) -> list[DunningStep]:
    with coop.read() as book:
        return dunning.steps_of(book, loans.loan(book, number), struck=struck)


def note(book: Book, number: int, kind: StepKind, **about: object) -> DunningStep:
    row = loans.loan(book, number)
    return dunning.note_step(book, row, kind, **({"on": TODAY} | about))  # type: ignore[arg-type]


def letters(coop: Coop, number: int, *days: int) -> None:
    """Send letters so many days before today."""
    with coop.open("dewi") as book:
        row = loans.loan(book, number)
        for before in days:
            dunning.send_letter(book, row, on=TODAY - before * DAY)


# -- who comes in ----------------------------------------------------------------


@pytest.mark.parametrize("role", [*WRITE, *READ, *NEITHER])
def test_who_collects_writes_and_who_oversees_reads(desks: Desks, role: Role) -> None:
    number = lent(desks.coop)[0]
    letters(desks.coop, number, 10)
    in_english(desks, only(desks.coop, role))
    own = f"/collecting/loans/{number}"
    read = 403 if role in NEITHER else 200
    for path in ("/collecting", "/collecting/route.pdf", own, f"{own}/letters/1.pdf"):
        assert desks.get(path).status_code == read, path
    write = 200 if role in WRITE else 403
    for path in ("step", "reminder", "letter", "steps/1/striking", "consent"):
        assert desks.get(f"{own}/{path}").status_code == write, path
        sent = desks.client.post(f"{own}/{path}", data={})
        assert (sent.status_code == 403) == (role not in WRITE), path
    wrote = [row.kind for row in steps(desks.coop, number)]
    reminded = [StepKind.REMINDER] if role in WRITE else []
    assert wrote == [StepKind.LETTER_1, *reminded]


def test_a_loan_of_another_cooperative_is_not_found(desks: Desks) -> None:
    theirs = lent(found(desks.coop.engine), ("Rahasia Satu", "Rahasia Dua"))
    in_english(desks, "dewi")
    for number in (*theirs, 999):
        own = f"/collecting/loans/{number}"
        for path in (own, f"{own}/step", f"{own}/letter", f"{own}/letters/1.pdf"):
            assert desks.get(path).status_code == 404, path
    assert "Rahasia" not in desks.text("/collecting?officer=all")


def test_a_step_that_is_none_or_no_letter_is_not_found(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    with desks.coop.open() as book:
        note(book, number, StepKind.CALL)
    in_english(desks, "dewi")
    own = f"/collecting/loans/{number}"
    for path in ("letters/1.pdf", "letters/9.pdf", "steps/9/striking"):
        assert desks.get(f"{own}/{path}").status_code == 404, path


# -- today -----------------------------------------------------------------------


def test_nothing_to_do_is_said(desks: Desks) -> None:
    in_english(desks, "budi")
    assert "There is nothing to do: nobody has to be called" in desks.text(
        "/collecting"
    )
    in_english(desks, "dewi")
    page = desks.text("/collecting")
    assert "There is nothing to do about your own loans" in page
    assert "/collecting?officer=all" in page
    assert desks.get("/collecting?on=45/45/2026").status_code == 422


def test_the_work_of_a_day_is_grouped_by_what_is_most_pressing(desks: Desks) -> None:
    numbers = lent(desks.coop, ("Marni", "Narti", "Yuli"))
    with desks.coop.open() as book:
        note(
            *(book, numbers[2], StepKind.VISIT),
            on=TODAY - 5 * DAY,
            promised=Money(100_000),
            promised_on=TODAY - DAY,
        )
        note(book, numbers[1], StepKind.CALL, why=LateReason.ILLNESS)
    in_english(desks, "dewi")
    text = desks.text("/collecting")
    page = plain(desks.get("/collecting"))
    broken, letter, help_ = (
        page.index(f"{word} Member")
        for word in ("promise not kept", "letter due", "offer help first")
    )
    assert broken < page.index("Yuli") < letter < page.index("Marni") < help_
    assert help_ < page.index("Narti")
    with desks.coop.read() as book:
        asked = loans.standing(book, loans.loan(book, numbers[2]), TODAY).due.total
    of = f"Rp 100.000 of Rp {in_figures(asked)} promised by 15/03/2026"
    assert f"11/03/2026 Visited, {of}" in page
    assert f'href="/collecting/loans/{numbers[0]}/letter"' in text
    assert f'href="/collecting/loans/{numbers[1]}/step?kind=help"' in text
    assert f'href="/collecting/loans/{numbers[2]}/step?kind=visit"' in text
    assert "3 loans to see to" in page
    some = plain(desks.get("/collecting?task=letter_due"))
    assert "Marni" in some
    assert "Yuli" not in some
    early = plain(desks.get("/collecting?on=29/01/2026"))
    assert "remind 3" in early or "remind Member" in early


def test_an_officer_sees_the_own_loans_first(desks: Desks) -> None:
    numbers = lent(desks.coop)
    with desks.coop.open() as book:
        loans.look_after(book, [loans.loan(book, numbers[1])], "budi", on=FIRST_DAY)
    in_english(desks, "dewi")
    own, every = (
        plain(desks.get(path)) for path in ("/collecting", "/collecting?officer=all")
    )
    assert "Marni" in own
    assert "Narti" not in own
    assert "your own loans" in own
    assert "Narti" in every
    in_english(desks, "budi")
    assert "Marni" in plain(desks.get("/collecting"))
    assert "Marni" not in plain(desks.get("/collecting?officer=budi"))


def test_a_long_list_shows_twenty_five_and_says_how_many_more(desks: Desks) -> None:
    names = tuple(f"Tetangga Bernama Sangat Panjang Nomor {n:02d}" for n in range(30))
    lent(desks.coop, names)
    for name in ("dewi", "sari"):
        in_english(desks, name)
        answer = desks.get("/collecting?officer=all")
        assert "and 5 more" in plain(answer)
        assert len(re.findall(r"/members/\d+", answer.text)) == 25
        assert len(answer.data) <= 20_000


def test_the_way_is_printed_with_the_phone_for_those_who_may_read_it(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted(desks.coop)
    seen = []

    def drawn(facts, printed):  # type: ignore[no-untyped-def]
        seen.append([stop.phone for each in facts.hamlets for stop in each.stops])
        return b"%PDF-"

    in_english(desks, "dewi")
    paper = desks.get("/collecting/route.pdf?officer=all")
    assert paper.mimetype == "application/pdf"
    assert paper.data.startswith(b"%PDF-")
    assert "RT-20260316" in paper.headers["Content-Disposition"]
    monkeypatch.setattr("webui.dunning.views.route_sheet_pdf", drawn)
    for name in ("dewi", "budi", "tono", "sari", "agus"):
        in_english(desks, name)
        assert desks.get("/collecting/route.pdf?officer=all").status_code == 200
    reads, not_ = [PHONE, ""], ["", ""]
    assert seen == [reads, reads, reads, not_, not_]


# -- one loan --------------------------------------------------------------------


def planted(coop: Coop) -> int:
    """Lend two neighbours, the first with a telephone number."""
    number = lent(coop)[0]
    with coop.open() as book:
        who = loans.loan(book, number).member
        members.correct(book, members.member(book, who.number), phone=PHONE)
    return number


def test_a_visit_with_a_promise_is_written_down_once(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    in_english(desks, "dewi")
    own = f"/collecting/loans/{number}"
    typed = {
        "kind": "visit",
        "on": ON,
        "met": "Suaminya",
        "why": "harvest",
        "promised": "100.000",
        "promised_on": "20/03/2026",
        "note": "Panen dua minggu lagi",
        "next_step": "Telepon",
        "next_on": "21/03/2026",
    }
    form = hidden_fields(desks.get(f"{own}/step?kind=visit").text)
    for _ in range(3):
        sent = desks.client.post(f"{own}/step", data=form | typed)
        assert sent.headers["Location"] == own

    (row,) = steps(desks.coop, number)
    assert (row.kind, row.met, row.why) == (
        *(StepKind.VISIT, "Suaminya", LateReason.HARVEST),
    )
    assert (row.promised, row.next_step) == (Money(100_000), "Telepon")
    assert row.recorded_by == "dewi"
    page = plain(desks.get(own))
    for said in (
        "is promised by 20/03/2026.",
        "To do today: offer help first",
        "The borrower is in trouble: the harvest failed or is late.",
        "Met: Suaminya.",
        "Panen dua minggu lagi",
        "Next: 21/03/2026 Telepon.",
        "Offer help",
    ):
        assert said in page, said


def test_what_is_wrong_with_a_step_is_said_beside_it(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    in_english(desks, "dewi")
    path = f"/collecting/loans/{number}/step"
    for typed, said in (
        ({"kind": "promise", "on": ON}, "A promise names an amount above zero"),
        (
            {
                "kind": "visit",
                "on": ON,
                "promised": "5000",
                "promised_on": "15/03/2026",
            },
            "a day from 16/03/2026 on",
        ),
        (
            {"kind": "promise", "on": ON, "promised": "1", "promised_on": "01/01/2099"},
            "Name a day up to 15/04/2026",
        ),
        ({"kind": "visit", "on": "17/03/2026"}, "16/03/2026"),
        ({"kind": "letter_1", "on": ON}, "Choose one from the list."),
        ({"kind": "visit"}, "Please fill this in."),
    ):
        sent = desks.send(path, **typed)
        assert sent.status_code == 422, typed
        assert said in plain(sent), typed
    assert steps(desks.coop, number) == []


def test_a_reminder_is_polite_and_written_down_once_a_day(desks: Desks) -> None:
    number = planted(desks.coop)
    in_english(desks, "dewi")
    path = f"/collecting/loans/{number}/reminder"
    text, page = desks.text(path), plain(desks.get(path))
    assert "Good day Marni, greetings from Melati" in page
    assert "we gladly look for a way together" in page
    assert "https://wa.me/628138877665?text=Good%20day%20Marni" in text
    other = desks.text(f"{path}?language=id")
    assert "wa.me/628138877665?text=" in other
    assert 'lang="id"' in other
    desks.send(path)
    assert [row.kind for row in steps(desks.coop, number)] == [StepKind.REMINDER]
    again = desks.send(path)
    assert again.status_code == 422
    assert "it is not sent twice" in plain(again)
    assert len(steps(desks.coop, number)) == 1


def test_without_a_number_the_text_is_copied(desks: Desks) -> None:
    _, other = (planted(desks.coop), 2)
    in_english(desks, "dewi")
    page = plain(desks.get(f"/collecting/loans/{other}/reminder"))
    assert "No telephone number is known" in page


@pytest.mark.parametrize("name", ["sari", "agus"])
def test_who_oversees_does_not_read_the_phone(desks: Desks, name: str) -> None:
    number = planted(desks.coop)
    in_english(desks, name)
    own = f"/collecting/loans/{number}"
    for path in ("/collecting", own, f"/loans/{number}", "/loans/bad"):
        text = desks.text(path)
        assert PHONE.lstrip("+") not in re.sub(r"[\s.\-]", "", text), path
    assert desks.get(f"{own}/reminder").status_code == 403
    assert f"{own}/step" not in desks.text(own)


def test_what_was_written_by_mistake_is_struck_out_and_stays(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    with desks.coop.open() as book:
        note(book, number, StepKind.CALL, note="orang lain")
    in_english(desks, "dewi")
    own = f"/collecting/loans/{number}"
    assert desks.send(f"{own}/steps/1/striking", reason="").status_code == 422
    posted = desks.post(f"{own}/steps/1/striking", reason="Pinjaman lain")
    assert posted.headers["Location"] == own
    page = plain(desks.get(own))
    assert "Called" in page
    assert "struck out" in page
    assert "Struck out 16/03/2026 by Dewi: Pinjaman lain" in page
    assert f"{own}/steps/1/striking" not in desks.text(own)
    again = desks.send(f"{own}/steps/1/striking", reason="lagi")
    assert "struck out already" in plain(again)
    assert desks.get(f"{own}/steps/2/striking").status_code == 404


def test_a_long_history_goes_on_over_leaf(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    with desks.coop.open() as book:
        for count in range(60):
            note(
                book, number, StepKind.CALL, note=f"Panggilan ke-{count + 1}", met="Ia"
            )
    in_english(desks, "dewi")
    answer = desks.get(f"/collecting/loans/{number}")
    page = plain(answer)
    assert "Panggilan ke-60" in page
    assert "Panggilan ke-35" not in page
    assert "and 35 more" in page
    assert len(answer.data) <= 20_000
    older = plain(desks.get(f"/collecting/loans/{number}?before=36"))
    assert "Panggilan ke-35" in older


def test_a_loan_that_was_not_paid_out_is_not_collected(desks: Desks) -> None:
    with desks.coop.open("dewi") as book:
        who = furnish_street(book, ("Marni",))[0]
        row = loans.apply(
            *(book, who, loans.product(book, "productive"), Money(500_000)),
            term=10,
            purpose="Warung",
            on=TODAY,
        )
        number = row.number
    in_english(desks, "dewi")
    own = f"/collecting/loans/{number}"
    assert "This loan was not paid out" in plain(desks.get(own))
    assert "nothing to remind of" in plain(desks.get(f"{own}/reminder"))
    assert "The loan is not running" in plain(desks.get(f"{own}/letter"))
    typed = desks.send(f"{own}/step", kind="call", on=ON)
    assert typed.status_code == 422


# -- letters ---------------------------------------------------------------------


def test_no_letter_and_no_reminder_is_offered_for_who_has_died(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    with desks.coop.open("budi") as book:
        who = loans.loan(book, number).member
        settlement.begin(*(book, who, MemberStatus.DECEASED), on=TODAY, reason="wafat")
        member = who.number
    in_english(desks, "budi")
    own = f"/collecting/loans/{number}"
    for path in (own, f"{own}/letter", f"{own}/reminder"):
        said = plain(desks.get(path))
        assert "Marni has died, so nothing is sent in that name" in said, path
    text = desks.text(own)
    assert f"{own}/letter" not in text
    assert f"{own}/reminder" not in text
    assert f'href="/members/{member}/family"' in text
    assert desks.send(f"{own}/letter").status_code == 422
    assert desks.send(f"{own}/reminder").status_code == 422
    assert "offer help first" in plain(desks.get("/collecting"))
    assert steps(desks.coop, number) == []


def test_a_letter_that_cannot_be_printed_is_not_offered(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    letters(desks.coop, number, 29, 15, 1)
    in_english(desks, "dewi")
    own = f"/collecting/loans/{number}"
    text = desks.text(own)
    assert f"{own}/letters/2.pdf" in text
    assert f"{own}/letters/3.pdf" not in text
    assert "was written down without the meeting of the board" in plain(desks.get(own))
    assert desks.get(f"{own}/letters/3.pdf").status_code == 422
    with desks.coop.open("dewi") as book:
        row = loans.loan(book, number)
        dunning.strike(book, row, 3, on=TODAY, reason="tanpa rapat")
        dunning.send_letter(
            *(book, row),
            on=TODAY,
            meeting_on=TODAY + DAY,
            meeting_place="Kantor",
        )
    text, page = desks.text(own), plain(desks.get(own))
    assert "without the meeting" not in page
    assert f"{own}/letters/3.pdf" not in text
    for item in re.findall(rf"{own}/letters/(\d+)\.pdf", text):
        assert desks.get(f"{own}/letters/{item}.pdf").status_code == 200
    assert f"{own}/letters/5.pdf" in text


def test_a_letter_is_seen_before_it_is_sent_and_sent_once(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    in_english(desks, "dewi")
    own = f"/collecting/loans/{number}"
    form = plain(desks.get(f"{own}/letter"))
    assert "First warning letter (SP1)" in form
    assert "Guarantors and the group read no first letter." in form
    assert "The village gets no copy" in form
    assert "/loans/1/replacement" in desks.text(f"{own}/letter")
    checked = desks.send(f"{own}/letter")
    assert "SP1-2026-0001" in plain(checked)
    assert "to be paid or talked about by 23/03/2026" in plain(checked)
    assert steps(desks.coop, number) == []
    form_ = hidden_fields(checked.text)
    sent = at_once(desks, lambda client: client.post(f"{own}/letter", data=form_))
    assert {one.headers.get("Location") for one in sent} == {own}
    (row,) = steps(desks.coop, number)
    assert (row.kind, row.label) == (StepKind.LETTER_1, "SP1-2026-0001")

    text = desks.text(own)
    assert f'href="{own}/letters/1.pdf"' in text
    assert "Second warning letter (SP2) from 30/03/2026 on." in plain(desks.get(own))
    paper = desks.get(f"{own}/letters/1.pdf")
    assert paper.mimetype == "application/pdf"
    assert paper.data.startswith(b"%PDF-")
    assert "SP1-2026-0001.pdf" in paper.headers["Content-Disposition"]
    soon = desks.send(f"{own}/letter")
    assert soon.status_code == 422
    assert "can be sent from 30/03/2026 on" in plain(soon)


def test_who_is_in_trouble_is_offered_help_before_a_letter(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    with desks.coop.open() as book:
        note(book, number, StepKind.CALL, why=LateReason.ILLNESS, on=TODAY - DAY)
    in_english(desks, "dewi")
    own = f"/collecting/loans/{number}"
    refused = desks.send(f"{own}/letter")
    assert refused.status_code == 422
    assert "Offer help first" in plain(refused)
    assert f"{own}/step?kind=help" in refused.text
    desks.send(f"{own}/step", kind="help", on=ON, note="Dua belas bulan")
    assert "SP1-2026-0001" in plain(desks.send(f"{own}/letter"))


def test_copies_go_to_those_whom_the_letter_names(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    letters(desks.coop, number, 14)
    with desks.coop.open("dewi") as book:
        security.guarantee(
            *(book, loans.loan(book, number), Money(100_000)),
            name="Pak Karto",
            relation="saudara",
            on=FIRST_DAY,
        )
    with desks.coop.open("budi") as book:
        enter_decision(
            *(book,),
            body=DecisionBody.BOARD,
            title="Tembusan",
            text="Disetujui.",
            on=FIRST_DAY,
        )
    in_english(desks, "dewi")
    own = f"/collecting/loans/{number}"
    form = plain(desks.get(f"{own}/letter"))
    assert "the guarantors: Pak Karto" in form
    assert "The village gets no copy" in form
    forged = desks.send(f"{own}/letter", copies="village")
    assert forged.status_code == 422
    late = desks.send(
        f"{own}/consent", signed_on="17/03/2026", paper="Map 3", decision="1"
    )
    assert late.status_code == 422
    with desks.coop.open("budi") as book:
        for on in (FIRST_DAY - DAY, TODAY + DAY, TODAY):
            enter_decision(
                *(book,),
                body=DecisionBody.BOARD,
                title="Lain",
                text="Disetujui.",
                on=on,
            )
    offered = re.findall(r'<option[^>]* value="(\d+)"', desks.text(f"{own}/consent"))
    assert offered == ["4", "1"]
    typed = {"paper": "Map 3", "decision": "4"}
    before = desks.send(f"{own}/consent", signed_on="15/03/2026", **typed)
    assert "from 01/01/2026 to 15/03/2026" in plain(before)
    desks.post(f"{own}/consent", signed_on=ON, paper="Map 3", decision="1")
    assert "The borrower agreed in writing on 16/03/2026" in plain(desks.get(own))
    desks.post(f"{own}/letter", copies=["guarantors", "village"])
    assert steps(desks.coop, number)[-1].copies == "guarantors,village"
    assert "Copies: the guarantors, the village." in plain(desks.get(own))
    assert desks.get(f"{own}/letters/2.pdf").data.startswith(b"%PDF-")
    desks.post(f"{own}/consent/end")
    assert "The last consent was taken back on 16/03/2026." in plain(desks.get(own))
    ended = desks.send(f"{own}/consent/end")
    assert ended.status_code == 422


def test_the_third_letter_asks_for_the_meeting_of_the_board(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    letters(desks.coop, number, 28, 14)
    in_english(desks, "budi")
    own = f"/collecting/loans/{number}"
    empty = desks.send(f"{own}/letter")
    assert empty.status_code == 422
    past = desks.send(f"{own}/letter", meeting_on=ON, meeting_place="Kantor")
    assert "name a day after 16/03/2026 and the place" in plain(past)
    desks.post(f"{own}/letter", meeting_on="25/03/2026", meeting_place="Kantor, 19.30")
    page = plain(desks.get(own))
    assert "The board meets on 25/03/2026: Kantor, 19.30." in page
    assert "All three letters went out" in page
    assert desks.get(f"{own}/letters/3.pdf").data.startswith(b"%PDF-")
    assert "All three letters went out" in plain(desks.get(f"{own}/letter"))


def test_where_nothing_is_late_no_letter_goes_out(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    with desks.coop.open() as book:
        row = loans.loan(book, number)
        due = loans.standing(book, row, TODAY).due.total
        loans.repay(book, row, due, on=TODAY)
    in_english(desks, "dewi")
    own = f"/collecting/loans/{number}"
    assert "Nothing is late, so no letter is sent." in plain(desks.get(f"{own}/letter"))
    assert "the next installment" in plain(desks.get(f"{own}/reminder"))
    sent = desks.client.post(f"{own}/letter", data={"key": "k" * 20})
    assert sent.status_code == 422


def test_a_letter_that_the_borrower_moves_away_from_goes_early(desks: Desks) -> None:
    with desks.coop.open() as book:
        who = furnish_street(book, ("Marni",))[0]
        number = lend(book, who, on=TODAY - 35 * DAY).number
    in_english(desks, "dewi")
    own = f"/collecting/loans/{number}"
    refused = desks.send(f"{own}/letter")
    assert "It can be sent from" in plain(refused)
    assert refused.status_code == 422
    desks.post(f"{own}/letter", early="y")
    assert steps(desks.coop, number)[0].kind is StepKind.LETTER_1


# -- where one comes from --------------------------------------------------------


def test_a_loan_and_the_bad_debts_lead_there(desks: Desks) -> None:
    number = lent(desks.coop)[0]
    own = f'href="/collecting/loans/{number}"'
    for name in ("dewi", "tono", "sari", "agus"):
        in_english(desks, name)
        assert own in desks.text(f"/loans/{number}"), name
        assert own in desks.text("/loans/bad"), name
    for name in ("dewi", "budi"):
        in_english(desks, name)
        assert 'href="/collecting"' in desks.text("/menu")
    in_english(desks, "rina")
    assert own not in desks.text(f"/loans/{number}")
    assert 'href="/collecting"' not in desks.text("/menu")


def test_the_report_of_a_month_is_printed_when_it_is_over(desks: Desks) -> None:
    lent(desks.coop)
    for name in ("budi", "sari", "agus", "yanti", "dewi"):
        in_english(desks, name)
        paper = desks.get("/loans/bad/report.pdf?month=2026-02")
        assert paper.status_code == 200, name
        assert paper.mimetype == "application/pdf"
        assert "LKB-202602" in paper.headers["Content-Disposition"]
    assert "/loans/bad/report.pdf?month=2026-02" in desks.text("/loans/bad")
    assert desks.get("/loans/bad/report.pdf").status_code == 200
    runs = desks.get("/loans/bad/report.pdf?month=2026-03")
    assert runs.status_code == 422
    assert "ends on 31/03/2026 is not over yet" in plain(runs)
    for wrong in ("2025-12", "2026-13", "x"):
        assert desks.get(f"/loans/bad/report.pdf?month={wrong}").status_code == 404
    in_english(desks, "rina")
    assert desks.get("/loans/bad/report.pdf").status_code == 403


def test_a_loan_that_was_written_off_is_still_collected(desks: Desks) -> None:
    with desks.coop.open() as book:
        row = lend(book, furnish_street(book, ("Marni",))[0])
        written_off(book, row)
        number = row.number
    desks.app.config["TODAY"] = LATE
    try:
        in_english(desks, "dewi")
        own = f"/collecting/loans/{number}"
        page = plain(desks.get(own))
        with desks.coop.read() as book:
            rest = baddebts.claim(book, loans.loan(book, number)).left.total
        assert f"○ written off, still owed Rp {in_figures(rest)}" in page
        assert "No letter is sent about a loan that was written off." in page
        assert "Principal left" not in page
        assert f'href="/loans/{number}/claim"' in desks.text(own)
        listed = plain(desks.get("/collecting?officer=all&on=09/11/2026"))
        assert "visit due Member" in listed
        assert f"{in_figures(rest)} ○ written off" in listed
        assert own in desks.text(f"/loans/{number}")
        sent = desks.send(f"{own}/step", kind="call", on="02/11/2026", note="Malaysia")
        assert sent.status_code == 302
        assert "The loan is not running" in plain(desks.get(f"{own}/letter"))
        refused = desks.client.post(f"{own}/letter", data={"key": "k" * 20})
        assert refused.status_code == 422
        assert desks.get(f"{own}/letters/1.pdf").data.startswith(b"%PDF-")
        said = plain(desks.get(f"{own}/reminder"))
        assert "no installment is reminded of" in said
    finally:
        desks.app.config["TODAY"] = TODAY


def test_the_bad_debts_of_forty_loans_are_a_small_page(desks: Desks) -> None:
    names = tuple(f"Tetangga Bernama Sangat Panjang Nomor {n:02d}" for n in range(42))
    lent(desks.coop, names)
    in_english(desks, "budi")
    for path in ("/loans/bad", "/loans/bad/list?days=30"):
        assert len(desks.get(path).data) <= 20_000
