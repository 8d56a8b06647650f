"""The membership desk: persons, pictures, families, proxies, doubles, the book."""

from __future__ import annotations

import io
import logging
import re
from html import unescape
from typing import Any

import pytest

from coopbook import archive, decisions, members, proxies
from coopbook.archive import ScanKind
from coopbook.decisions import DecisionBody
from coopbook.members import MemberStatus, Relation, Verdict
from coopbook.people import Role, add_user
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY, Coop
from tests.webui.browsing import sitting
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.filling import fill_members, png
from webui.wording import day

ON = day(TODAY)
PLANTED = {
    "national_id": "3212165503880004",
    "family_card_no": "3212160101020005",
    "passport_no": "C7654321",
    "phone": "081298765432",
}


def picture(content: bytes | None = None, name: str = "foto.png") -> tuple:
    return io.BytesIO(content or png()), name, "image/png"


def member_log_in(coop: Coop) -> str:
    """Enter Siti's own log-in and return its name."""
    with coop.open("budi") as book:
        add_user(
            *(book, "siti", "Siti", PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=1,
            hashed=True,
        )
    return "siti"


def board(coop: Coop) -> int:
    with coop.open("budi") as book:
        return decisions.enter_decision(
            book, body=DecisionBody.BOARD, title="Skors", text="Diskors.", on=TODAY
        ).number


# -- admitting ---------------------------------------------------------------


def test_everything_the_register_keeps_is_entered_and_shown(desks: Desks) -> None:
    desks.log_in("rina")

    answer = desks.send(
        "/members/new",
        name="Wati Purnama",
        hamlet="Krajan RT 3",
        village="Sindang",
        look_for="sindang indramayu",
        region_code="32.12.16",
        village_code="3212162004",
        occupation="Petani",
        source_of_funds="Panen padi",
        risk="low",
        photo=picture(),
        specimen=picture(png(colour=b"\x00\x00\x00")),
        born_on="15/03/1988",
        on=ON,
        **PLANTED,
    )

    assert answer.headers["Location"] == "/members/3"
    page = desks.text("/members/3/person")
    for said in ("Krajan RT 3", "Kec. Sindang", "32.12.16.2004", "Petani", "Panen"):
        assert said in page
    with desks.coop.read() as book:
        kinds = {one.kind for one in archive.scans(book, "member:3")}
        photo = archive.latest(book, "member:3", ScanKind.PHOTO)
        assert kinds == {ScanKind.PHOTO, ScanKind.SPECIMEN}
        assert photo is not None and photo.name == "photo.png"
        assert members.member(book, 3).risk is members.Risk.LOW
    shown = desks.get(f"/members/3/papers/{photo.number}")
    assert shown.data == png()
    assert shown.headers["Cache-Control"] == "private, no-store"


def test_a_district_is_looked_for_without_a_script(desks: Desks) -> None:
    desks.log_in("budi")

    listed = desks.send(
        "/members/new", name="Wati", look_for="sindang indramayu", look="1", on=ON
    )

    assert listed.status_code == 200
    assert 'value="32.12.16"' in listed.text
    assert 'value="Wati"' in listed.text
    unchosen = desks.send("/members/new", name="Wati", look_for="sindang", on=ON)
    assert unchosen.status_code == 422
    with desks.coop.read() as book:
        assert len(members.register(book)) == 2
    few = desks.client.post("/districts/search", data={"q": "sindang indramayu"})
    assert few.text.count("<option") == 1


def test_a_code_that_is_none_is_refused_with_what_would_work(desks: Desks) -> None:
    desks.log_in("budi")

    wrong = desks.send("/members/new", name="Wati", region_code="99.99.99", on=ON)
    other = desks.send(
        *("/members/new",),
        name="Wati",
        region_code="32.12.16",
        village_code="1101012001",
        on=ON,
    )

    assert wrong.status_code == other.status_code == 422
    assert "32.12.16." in plain(wrong)
    assert "32.12.16.2004" in plain(other)


@pytest.mark.parametrize(
    "sent",
    [
        (b"%PDF-1.4", "x.pdf", "application/pdf"),
        (b"<svg/>", "x.svg", "image/svg+xml"),
        (b"not a picture", "x.png", "image/png"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2 * 1024 * 1024), "x.png", "image/png"),
    ],
)
def test_a_photo_is_a_picture_of_at_most_two_megabytes(desks: Desks, sent) -> None:
    content, name, kind = sent
    desks.log_in("budi")

    answer = desks.send(
        "/members/new", name="Wati", photo=(io.BytesIO(content), name, kind), on=ON
    )
    answer.request.input_stream.close()  # what the test sent lay in a file

    assert answer.status_code == 422
    assert "2 MB" in plain(answer)
    with desks.coop.read() as book:
        assert len(members.register(book)) == 2


def test_two_pictures_of_almost_two_megabytes_fit_in_one_form(desks: Desks) -> None:
    large = png() + bytes(2 * 1024 * 1024 - len(png()))
    desks.log_in("budi")

    answer = desks.send(
        *("/members/1/correction",),
        name="Siti Aminah",
        photo=picture(large),
        specimen=picture(large),
    )
    answer.request.input_stream.close()  # what the test sent lay in a file

    assert answer.status_code == 302


def test_somebody_who_looks_like_another_is_pointed_out_with_a_link(
    desks: Desks,
) -> None:
    desks.log_in("budi")

    answer = desks.send(
        "/members/new", name="Siti A", national_id="3201014101900001", on=ON
    )

    page = desks.get(answer.headers["Location"]).text
    told = page.split('class="told watch"')[1].split("</p>")[0]
    assert "Siti Aminah" in told
    assert "/members/3/same/1" in told
    assert "3201014101900001" not in page


def test_no_identity_number_lands_in_an_address_a_title_a_word_or_a_log(
    desks: Desks, caplog: pytest.LogCaptureFixture
) -> None:
    desks.log_in("budi")
    seen = []
    with caplog.at_level(logging.DEBUG):
        answer = desks.send("/members/new", name="Wati", on=ON, **PLANTED)
        seen.append(answer.headers["Location"])
        seen.append(desks.get(answer.headers["Location"]).text)
        for path in ("person", "family", "papers", "history", "proxies"):
            page = desks.get(f"/members/3/{path}").text
            seen.append(page if path != "person" else page.split("<main")[0])
        corrected = desks.send(
            "/members/3/correction", name="Wati P", **PLANTED | {"phone": "0811"}
        )
        seen.append(corrected.headers["Location"])
        heir = desks.send(
            *("/members/3/heirs/new",),
            name="Dewi",
            relation="child",
            share="100",
            national_id=PLANTED["national_id"],
            phone=PLANTED["phone"],
        )
        seen.append(heir.headers["Location"])
        seen.append(desks.get("/members/3/family").text)
        seen.append(desks.get("/members/book").text)
        seen.append(desks.get("/members/book.csv").text)
    seen.append(caplog.text)

    for text in seen:
        for number in (*PLANTED.values(), "6281298765432"):
            assert number not in unescape(text)
    with desks.coop.read() as book:
        rows = book.session.connection().exec_driver_sql(
            "SELECT name || media_type || subject FROM scan"
        )
        assert not [row for row in rows if PLANTED["national_id"] in row[0]]


# -- pictures and papers -----------------------------------------------------


@pytest.mark.parametrize("name", ["rina", "dewi", "budi", "tono"])
def test_those_who_work_with_members_see_a_photo(desks: Desks, name: str) -> None:
    with desks.coop.open("budi") as book:
        fill_members(book)
    desks.log_in(name)

    assert '/members/1/papers/1"' in desks.get("/members/1").text
    assert desks.get("/members/1/papers/1").status_code == 200


@pytest.mark.parametrize("name", ["agus", "sari", "yanti", "siti"])
def test_nobody_else_sees_a_photo(desks: Desks, name: str) -> None:
    with desks.coop.open("budi") as book:
        fill_members(book)
    member_log_in(desks.coop)
    desks.log_in(name)

    if name != "siti":
        for page in ("/members/1", "/members/1/papers", "/members/1/proxies"):
            assert "/members/1/papers/" not in desks.get(page).text
    assert desks.get("/members/1/papers/1").status_code == 403


def test_a_paper_is_found_under_its_own_member_only(desks: Desks, twin: Coop) -> None:
    with desks.coop.open("budi") as book:
        fill_members(book)
    with twin.open("budi") as book:
        for _ in range(20):
            last = archive.keep(
                *(book, "member:1", ScanKind.PHOTO),
                name="photo.png",
                media_type="image/png",
                content=png(),
                on=TODAY,
            ).number
    desks.log_in("budi")

    assert desks.get("/members/2/papers/1").status_code == 404
    assert desks.get(f"/members/1/papers/{last}").status_code == 404


def test_an_identity_card_is_kept_as_a_paper_without_the_name_of_its_file(
    desks: Desks,
) -> None:
    desks.log_in("rina")
    card = (io.BytesIO(b"%PDF-1.4 ..."), "3201014101900001.pdf", "application/pdf")

    answer = desks.send("/members/1/papers/new", kind="identity", paper=card)

    assert answer.headers["Location"] == "/members/1/papers"
    with desks.coop.read() as book:
        (one,) = archive.scans(book, "member:1")
        assert (one.kind, one.name) == (ScanKind.IDENTITY, "identity.pdf")
    handed = desks.get(f"/members/1/papers/{one.number}")
    assert handed.headers["Content-Disposition"].startswith("attachment")


# -- standing ----------------------------------------------------------------


def test_a_manager_suspends_with_a_decision_and_lifts_it(desks: Desks) -> None:
    number = board(desks.coop)
    desks.log_in("budi")
    asked = {"to": "suspended", "on": ON, "reason": "Tidak membayar"}

    undecided = desks.send("/members/1/standing", **asked)
    assert undecided.status_code == 422
    done = desks.send(
        "/members/1/standing", **asked, decision=number, until="30/06/2026"
    )

    assert done.headers["Location"] == "/members/1/history"
    page = desks.text("/members/1/history")
    assert "Tidak membayar" in page and "30/06/2026" in page
    assert f"/decisions/{number}" in page
    greyed = desks.get("/members/1").text.split('class="lines off')
    assert len(greyed) == 1, "a manager does not apply for loans"
    desks.send(
        *("/members/1/standing",), to="active", on=ON, reason="x", decision=number
    )
    with desks.coop.read() as book:
        assert members.member(book, 1).status is MemberStatus.ACTIVE


def test_what_is_not_possible_now_is_greyed_with_its_reason(desks: Desks) -> None:
    desks.log_in("dewi")

    page = desks.get("/members/2").text

    greyed = page.split('class="lines off')[1].split("</ul>")[0]
    assert "<a " not in greyed
    assert "/members/2/loans/new" not in page
    assert "/members/1/loans/new" in desks.get("/members/1").text


def test_a_change_of_standing_sent_twice_is_done_once(desks: Desks) -> None:
    number = board(desks.coop)
    desks.log_in("budi")
    data = hidden_fields(desks.get("/members/1/standing").text) | {
        "to": "suspended",
        "on": ON,
        "reason": "x",
        "decision": number,
    }

    answers = [desks.client.post("/members/1/standing", data=data) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    with desks.coop.read() as book:
        assert len(members.history(book, members.member(book, 1))) == 2


def test_a_day_to_come_and_a_way_that_is_not_there_are_told(desks: Desks) -> None:
    number = board(desks.coop)
    desks.log_in("budi")
    asked = {"reason": "x", "decision": number}

    ahead = desks.send("/members/1/standing", to="suspended", on="17/03/2026", **asked)
    nowhere = desks.send("/members/2/standing", to="suspended", on=ON, **asked)

    assert ahead.status_code == nowhere.status_code == 422


# -- family ------------------------------------------------------------------


def test_kin_a_house_and_heirs_are_written_down_and_ended(desks: Desks) -> None:
    desks.log_in("rina")
    nobody = desks.send("/members/1/kin/new", relation="spouse", number="99", name="")
    assert nobody.status_code == 422
    nameless = desks.send("/members/1/kin/new", relation="spouse", name="")
    assert nameless.status_code == 422
    desks.send("/members/1/kin/new", relation="spouse", number="2")
    unnamed = desks.send("/members/1/household", number="2")
    assert unnamed.status_code == 422
    desks.send("/members/1/household", number="2", name="Rumah Krajan 3")
    heir = {"name": "Dewi", "relation": "child"}
    beyond = desks.send("/members/1/heirs/new", **heir, share="101")
    assert beyond.status_code == 422
    assert "100" in plain(beyond)
    desks.send("/members/1/heirs/new", **heir, share="60")

    page = desks.text("/members/1/family")

    for said in ("Ani Lestari", "Rumah Krajan 3", "Dewi", "60 %"):
        assert said in page
    assert "Siti Aminah" in desks.text("/members/2/family")
    assert desks.client.post("/members/1/kin/1/end").status_code == 302
    assert desks.client.post("/members/1/kin/1/end").status_code == 404
    assert desks.client.post("/members/1/heirs/1/end").status_code == 302
    with desks.coop.read() as book:
        siti = members.member(book, 1)
        assert members.relatives(book, siti) == []
        assert members.beneficiaries(book, siti) == []


def test_somebody_moves_into_a_house_that_has_a_name(desks: Desks) -> None:
    with desks.coop.open() as book:
        members.set_household(book, members.member(book, 1), name="Rumah Siti")
    desks.log_in("rina")

    alone = desks.send("/members/2/household", number="2")
    desks.send("/members/2/household", number="1")

    assert alone.status_code == 422
    with desks.coop.read() as book:
        _house, people = members.household_of(book, members.member(book, 2)) or ("", [])
        assert [one.number for one in people] == [1, 2]


def test_a_related_party_is_marked_with_the_reason(desks: Desks) -> None:
    with desks.coop.open("budi") as book:
        add_user(
            *(book, "ketua", "Bu Ketua", PASSWORD_HASH, [Role.MANAGER]),
            on=FIRST_DAY,
            member_number=1,
            hashed=True,
        )
        siti, ani = members.member(book, 1), members.member(book, 2)
        members.add_kin(book, siti, Relation.SIBLING, other=ani)
    desks.log_in("dewi")

    assert "Bu Ketua" in desks.text("/members/2")
    assert "Bu Ketua" not in desks.text("/members/1/history").split("<main")[0]


# -- doubles -----------------------------------------------------------------


def test_two_entries_are_judged_by_a_manager_and_both_stay(desks: Desks) -> None:
    with desks.coop.open("budi") as book:
        twin = fill_members(book)["twin"]
    desks.log_in("rina")
    assert "Hj. Siti Aminah" in desks.text("/members/doubles")
    path = f"/members/1/same/{twin}"
    assert '<form class="sheet"' not in desks.get(path).text
    assert desks.client.post(path, data={"verdict": "same"}).status_code == 403
    desks.log_in("budi")

    unsaid = desks.send(path, verdict="same")
    done = desks.send(path, verdict="same", reason="KTP sama")

    assert unsaid.status_code == 422
    assert done.headers["Location"] == "/members/doubles"
    assert "Hj. Siti Aminah" not in desks.text("/members/doubles")
    assert "Hj. Siti Aminah" in desks.text("/members/doubles?judged=1")
    assert f"{twin:04d} Hj. Siti Aminah" in desks.text("/members/1")
    with desks.coop.read() as book:
        found = members.doubles(book, judged=True)
        assert [one.verdict for one in found] == [Verdict.SAME]


# -- proxies -----------------------------------------------------------------


def asked_of_proxy(**more: object) -> dict[str, object]:
    return {
        "kind": "power",
        "name": "Harun",
        "relation": "spouse",
        "accounts": ["2"],
        "valid_until": "31/12/2026",
        "monthly_limit": "500.000",
        "paper": "SK/1",
    } | more


def test_a_proxy_is_entered_with_the_letter_and_taken_back(desks: Desks) -> None:
    desks.log_in("dewi")
    path = "/members/1/proxies/new"
    without = desks.send(path, **asked_of_proxy(accounts=[]))
    endless = desks.send(path, **asked_of_proxy(valid_until=""))
    strange = desks.send(path, **asked_of_proxy(accounts=["77"]))
    assert {one.status_code for one in (without, endless, strange)} == {422}

    done = desks.send(path, **asked_of_proxy(scan=picture()))

    assert done.headers["Location"] == "/members/1/proxies"
    page = desks.text("/members/1/proxies")
    assert "Harun" in page and "500.000" in page and "31/12/2026" in page
    assert "Harun" in desks.text("/members/1")
    desks.log_in("rina")
    assert desks.get("/members/2/proxies/1/end").status_code == 404
    desks.send("/members/1/proxies/1/end", on=ON, reason="Bercerai")
    with desks.coop.read() as book:
        (row,) = proxies.proxies_of(book, members.member(book, 1))
        assert (row.ended_on, row.end_reason) == (TODAY, "Bercerai")
        assert row.scan_number is not None


def test_who_holds_the_cash_does_not_enter_who_may_take_it(desks: Desks) -> None:
    for name in ("rina", "tono"):
        desks.log_in(name)
        assert desks.get("/members/1/proxies/new").status_code == 403
        assert "/proxies/new" not in desks.get("/members/1/proxies").text


def test_what_a_proxy_took_out_is_listed(desks: Desks) -> None:
    with desks.coop.open("rina") as book:
        fill_members(book)
    desks.log_in("agus")

    page = desks.text("/members/1/proxies")

    assert "BKK-2026-" in page and "10.000" in page


# -- hamlets and the book of members -----------------------------------------


def test_hamlets_are_counted_and_lead_to_their_members(desks: Desks) -> None:
    with desks.coop.open("rina") as book:
        fill_members(book)
    desks.log_in("sari")

    assert "Krajan RT 3" in desks.text("/members/hamlets")
    page = desks.text("/members/hamlets?of=Krajan RT 3")
    assert "Siti Aminah" in page and "Joko Susilo" not in page


@pytest.mark.parametrize("name", ["rina", "agus", "sari"])
def test_the_book_of_members_is_read_page_by_page(desks: Desks, name: str) -> None:
    with desks.coop.open("rina") as book:
        fill_members(book)
        for number in range(30):
            members.admit(book, f"Anggota {number}", on=FIRST_DAY)
    desks.log_in(name)

    page = desks.get("/members/book").text

    assert len(page.encode()) <= 20_000
    assert "3201••••••••0001" in page
    assert "Pindah ke kota lain" in page
    further = re.findall(r'href="(/members/book\?after=\d+)"', page)
    assert "Anggota 20" in desks.text(further[0])


def test_the_book_of_members_is_handed_out_as_a_file_to_those_who_oversee(
    desks: Desks,
) -> None:
    desks.log_in("agus")
    sheet, table = desks.get("/members/book.xlsx"), desks.get("/members/book.csv")
    assert sheet.data[:2] == b"PK"
    assert "Siti Aminah" in table.text
    assert table.headers["Content-Disposition"].endswith('20260316.csv"')
    assert desks.get("/members/book.pdf").status_code == 404

    desks.log_in("rina")
    assert desks.get("/members/book.csv").status_code == 403


# -- who may, and whose ------------------------------------------------------

READ = (
    *("/members/1/person", "/members/1/family", "/members/1/proxies"),
    *("/members/1/papers", "/members/1/history", "/members/hamlets", "/members/book"),
)
WRITING = (
    *("/members/1/papers/new", "/members/1/kin/new", "/members/1/household"),
    "/members/1/heirs/new",
)


@pytest.mark.parametrize("name", ["rina", "dewi", "budi", "sari", "agus", "siti"])
def test_staff_read_members_and_the_desk_writes(desks: Desks, name: str) -> None:
    member_log_in(desks.coop)
    desks.log_in(name)
    writes = name in ("rina", "dewi", "budi")

    for path in READ:
        assert desks.get(path).status_code == (403 if name == "siti" else 200), path
    for path in WRITING:
        assert desks.get(path).status_code == (200 if writes else 403), path
    standing = desks.get("/members/1/standing").status_code
    assert standing == (200 if name == "budi" else 403)


def test_the_number_of_another_cooperative_is_not_found(
    desks: Desks, twin: Coop
) -> None:
    with twin.open("rina") as book:
        last = max(fill_members(book).values())
    desks.log_in("budi")

    for path in (*READ[:5], *WRITING, "/members/1/standing", "/members/1/correction"):
        theirs = path.replace("/1/", f"/{last}/")
        assert desks.get(theirs).status_code == 404, theirs
        assert desks.client.post(theirs).status_code in (404, 405), theirs
    assert desks.get(f"/members/1/same/{last}").status_code == 404


# -- in a browser ------------------------------------------------------------


@pytest.mark.browser
def test_the_list_of_districts_fills_itself_while_somebody_types(
    chromium: Any, address: str
) -> None:
    with sitting(chromium, address, "budi") as page:
        page.goto(f"{address}/members/new")
        page.fill("[name=name]", "Wati")
        page.locator("[name=look_for]").press_sequentially("sindang indramayu")
        found = page.locator("[name=region_code] option[value='32.12.16']")
        found.wait_for(state="attached")
        assert page.input_value("[name=region_code]") == "32.12.16"
        page.locator("[name=name]").press("Enter")
        page.wait_for_url("**/members/*")

        assert "Wati" in page.text_content("h1")
