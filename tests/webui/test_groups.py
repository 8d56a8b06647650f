"""Groups at the desks: founded, met, frozen; what its leader and its members see."""

from __future__ import annotations

from coopbook import groups, ledger, loans, members, savings
from coopbook.money import Money
from coopbook.people import Role, add_user
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY, Coop
from tests.coopbook.groups.circles import NAMES, borrow, circle
from tests.coopbook.rounds.neighbours import furnish_street, voluntary_of
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_counter_savings import ON, in_english


def neighbours(coop: Coop) -> list[int]:
    """Let six neighbours join; return their numbers."""
    with coop.open() as book:
        return [who.number for who in furnish_street(book, NAMES)]


def lent(coop: Coop) -> tuple[list[int], list[int]]:
    """Found a group of which two borrow; return its people and their loans."""
    with coop.open() as book:
        people = furnish_street(book, NAMES)
        group = circle(book, people)
        found = [borrow(book, group, who) for who in people[:2]]
        for name, who in (("wati", people[0]), ("tutik", people[1])):
            if name != "wati":
                add_user(
                    *(book, name, who.name, PASSWORD_HASH, [Role.MEMBER]),
                    on=FIRST_DAY,
                    member_number=who.number,
                    hashed=True,
                )
        add_user(
            *(book, "ketua", people[0].name, PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=people[0].number,
            hashed=True,
        )
        return [who.number for who in people], [loan.number for loan in found]


def test_a_group_is_founded_and_its_roster_changes(desks: Desks) -> None:
    people = neighbours(desks.coop)
    in_english(desks, "dewi")
    assert "No group yet." in desks.text("/groups")
    about = {"meets": "weekly", "first_meeting": ON, "place": "Balai", "on": ON}
    listed = ", ".join(map(str, people[:5]))
    shown = desks.send("/groups/new", name="Mawar", people=listed, **about)
    assert "Mawar is founded with 5 members, led by Wati" in plain(shown)
    nobody = desks.send("/groups/new", name="Mawar", people="siapa saja", **about)
    assert "Write the numbers of the members" in plain(nobody)
    desks.post("/groups/new", name="Mawar", people=listed, **about)
    page = desks.text("/groups/1")
    assert "led by Wati" in page

    desks.post("/groups/1/joining", member=people[5], on=ON)
    desks.post("/groups/1/leader", member=people[2])
    desks.post("/groups/1/leaving", member=people[0], reason="pindah", on=ON)
    desks.post("/groups/1/days", meets="monthly", first_meeting="20/03/2026", place="X")

    with desks.coop.read() as book:
        group = groups.group(book, 1)
        assert group.leader_number == people[2]
        assert {one.number for one in groups.members_in(book, group, TODAY)} == set(
            people[1:]
        )
    again = desks.send("/groups/1/joining", member=people[1], on=ON)
    assert "is in group Mawar already" in plain(again)


def test_a_loan_is_asked_for_in_the_group_of_who_asks(desks: Desks) -> None:
    with desks.coop.open() as book:
        people = furnish_street(book, NAMES)
        circle(book, people)
        number = people[3].number
    in_english(desks, "dewi")
    path = f"/members/{number}/loans/new"
    assert "The member's group answers for it" in desks.text(path)
    asked = {
        "product": "productive",
        "amount": "1000000",
        "term": "10",
        "purpose": "Warung",
        "on": ON,
    }
    shown = desks.send(path, joint="y", **asked)
    assert "The group Melati answers for it." in plain(shown)
    desks.post(path, joint="y", **asked)
    with desks.coop.read() as book:
        (loan,) = loans.loans_of(book, members.member(book, number))
        behind = groups.group_behind(book, loan)
        assert behind is not None
    assert "Melati" in desks.text(f"/loans/{loan.number}")
    assert "group answers for it" not in desks.text("/members/1/loans/new")


def due_of(coop: Coop, number: int) -> int:
    with coop.read() as book:
        return loans.due_on(book, loans.loan(book, number), TODAY).units


def test_a_meeting_is_typed_checked_and_posted_as_one_entry(desks: Desks) -> None:
    people, found = lent(desks.coop)
    due = due_of(desks.coop, found[0])
    in_english(desks, "rina")
    sheet = desks.text("/groups/1/sheet")
    assert f'name="a{found[0]}"' in sheet
    with desks.coop.read() as book:
        account = voluntary_of(book, members.member(book, people[5]))
    typed = {
        **{f"p{number}": "1" for number in people[:4]},
        f"a{found[0]}": str(due),
        f"a{found[1]}": str(due - 40_001),
        "for0": str(found[1]),
        "by0": "all",
        "sum0": "40001",
        f"v{people[5]}": "25000",
        "control": str(2 * due + 25_000),
        "on": ON,
    }
    wrong = desks.send("/groups/1/sheet", **{**typed, "control": str(2 * due)})
    assert "25.000 apart" in plain(wrong)
    nobody = desks.send("/groups/1/sheet", **{**typed, "by0": "999"})
    assert "Write for which loan, who covered" in plain(nobody)
    nothing = desks.send("/groups/1/sheet", **{**typed, "for0": "4711"})
    assert "Loan 4711 is not on this sheet." in plain(nothing)
    strange = desks.send("/groups/1/sheet", **{**typed, f"a{found[0]}": "banyak"})
    assert strange.status_code == 422
    shown = desks.send("/groups/1/sheet", **typed)
    # three others came; 40,001 is split so that the parts differ by a rupiah
    assert "Wati covers Rp 13.334 for Tuti" in plain(shown)
    assert "Endang covers Rp 13.333 for Tuti" in plain(shown)
    assert "4 members came." in plain(shown)

    posted = desks.post("/groups/1/sheet", **typed)

    assert posted.headers["Location"] == "/groups/1/meetings/1"
    page = desks.text("/groups/1/meetings/1")
    assert "did not come" in page
    with desks.coop.read() as book:
        group = groups.group(book, 1)
        row = groups.meeting(book, group, 1)
        assert (row.uncovered, len(groups.covers(book, group))) == (Money(0), 3)
        assert savings.balance(book, account) == Money(25_000)
        entry = ledger.entry(book, row.entry_number or 0)
        assert sum(line.debit.units for line in entry.lines) == 2 * due + 25_000
    receipt = desks.text(f"/receipts/{entry.number}")
    assert "Balance of" not in receipt  # nobody's balance is another's to read
    assert "Tuti owes Wati" in desks.text("/groups/1")
    desks.post("/groups/1/covers/1", amount="10000", on=ON)
    assert "3.334" in desks.text("/groups/1")


def test_a_sheet_that_is_sent_twice_is_one_meeting(desks: Desks) -> None:
    people, found = lent(desks.coop)
    due = due_of(desks.coop, found[0])
    in_english(desks, "rina")
    typed = {f"p{people[0]}": "1", f"a{found[0]}": str(due), "on": ON}
    checked = desks.send("/groups/1/sheet", **typed)
    assert "stays unpaid: the group gets no new loans" in plain(checked)
    data = hidden_fields(checked.text) | typed
    answers = [desks.client.post("/groups/1/sheet", data=data) for _ in range(3)]
    assert {one.headers["Location"] for one in answers} == {"/groups/1/meetings/1"}
    with desks.coop.read() as book:
        group = groups.group(book, 1)
        assert len(groups.meetings(book, group)) == 1
        assert groups.frozen(book, group) is not None
    assert "frozen since" in desks.text("/groups/1")
    in_english(desks, "budi")
    late = desks.send("/groups/1/lifting", reason="sudah baik", on=ON)
    assert "is still due" in plain(late)


def test_the_leader_sees_the_sheet_and_the_others_what_is_theirs(desks: Desks) -> None:
    _people, found = lent(desks.coop)
    in_english(desks, "ketua")
    said = desks.text("/mine/group")
    assert "You lead this group." in said
    assert f">{found[1]}<" in said  # Tuti's loan, for which all answer
    paper = desks.get("/mine/group/sheet.pdf")
    assert paper.data.startswith(b"%PDF")
    assert desks.get("/groups/1").status_code == 403

    in_english(desks, "tutik")
    said = desks.text("/mine/group")
    assert f">{found[1]}<" in said
    assert f">{found[0]}<" not in said
    assert desks.get("/mine/group/sheet.pdf").status_code == 404


def test_who_is_in_no_group_has_no_page_of_one(desks: Desks) -> None:
    lent(desks.coop)
    with desks.coop.open() as book:
        add_user(
            *(book, "siti", "Siti", PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=1,
            hashed=True,
        )
    desks.log_in("siti")
    assert "/mine/group" not in desks.text("/mine")
    assert desks.get("/mine/group").status_code == 404
    assert desks.get("/mine/group/sheet.pdf").status_code == 404


def test_a_group_is_frozen_and_ended(desks: Desks) -> None:
    with desks.coop.open() as book:
        circle(book, furnish_street(book, NAMES))
    in_english(desks, "budi")
    desks.post("/groups/1/freezing", reason="rapat kelompok gagal", on=ON)
    assert "rapat kelompok gagal" in desks.text("/groups/1")
    desks.post("/groups/1/lifting", reason="berdamai", on=ON)
    desks.post("/groups/1/ending", on=ON)
    page = desks.text("/groups/1")
    assert "ended 16/03/2026" in page
    assert "Ended" in desks.text("/groups")
    late = desks.send("/groups/1/joining", member="1", on=ON)
    assert "ended on" in plain(late)
