"""The year at the desks: statements, closing, the surplus, its payment."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from coopbook import cooperatives, ledger, members, settlement, surplus, yearend
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.people import Role
from tests.conftest import Coop
from tests.coopbook.surplus.policies import simple
from tests.coopbook.yearend.years import close_months, decided, lived, spent
from tests.webui.conftest import LATER, Desks, plain
from tests.webui.test_counter_savings import in_english
from tests.webui.test_policy import only
from webui.annual.forms import PolicyForm

READ = (Role.MANAGER, Role.TREASURER, Role.BOOKKEEPER, Role.SUPERVISOR, Role.AUDITOR)


def year(coop: Coop, *, closed: bool = False, policy: bool = False) -> None:
    with coop.open() as book:
        lived(book)
        close_months(book)
        if policy:
            on = date(2027, 1, 5)
            surplus.set_policy(book, simple(), first_year=2026, source="AD 45", on=on)
        if closed:
            yearend.close_year(book, 2026, today=date(2027, 1, 15))


def test_statements_stand_beside_the_year_before_and_lead_to_vouchers(
    later: Desks,
) -> None:
    year(later.coop)
    in_english(later, "yanti")
    page = plain(later.get("/year/2026"))
    assert "Assets are what liabilities and equity come to" in page
    surplus_page = later.get("/year/2026/statements/surplus")
    said = plain(surplus_page)
    assert "Income from non-members 300.000 0" in said
    assert "General and administrative expenses 45.000 0" in said
    assert "The statements tie to each other and to the trial balance." in said
    assert "/year/2026/behind/surplus/general?" in surplus_page.text
    behind = later.get("/year/2026/behind/surplus/general")
    assert "52009 Utilities and internet 45.000" in plain(behind)
    upto = f"{date(2026, 12, 31).toordinal() + 1}.0.0"
    assert f"/books/accounts/52009/statement?before={upto}" in behind.text
    assert "45.000" in plain(
        later.get(f"/books/accounts/52009/statement?before={upto}")
    )
    past = later.get("/year/2026/behind/surplus/general?last=31/12/2025")
    assert "739617" not in past.text
    cash = plain(later.get("/year/2026/statements/cash"))
    assert "Loans paid out (1.800.000)" in cash
    assert "Cash at the beginning 0 0" in cash
    lent = plain(later.get("/year/2026/behind/cash/loans_out"))
    assert "(1.800.000)" in lent
    equity = plain(later.get("/year/2026/statements/equity"))
    assert "Mandatory shares" in equity
    assert "1 January 2025 to 31 December 2025" in equity
    closing = later.text("/year/2026/statements/equity")
    assert "/year/2026/behind/equity/closing.mandatory" in closing
    part = plain(
        later.get("/year/2026/statements/surplus?first=01/08/2026&last=31/12/2026")
    )
    assert "General and administrative expenses" not in part
    wrong = later.get("/year/2026/statements/surplus?first=01/08/2026&last=01/02/2026")
    assert wrong.status_code == 422


def test_each_figure_of_the_changes_in_equity_leads_to_accounts_that_add_up_to_it(
    later: Desks,
) -> None:
    with later.coop.open() as book:
        lived(book)
        entry = [ledger.debit(34_003, Money(70)), ledger.credit(33_003, Money(70))]
        ledger.post(book, on=date(2026, 9, 1), memo="rugi lama", lines=entry)
    in_english(later, "yanti")
    for asked in ("", "?first=01/06/2026&last=30/11/2026"):
        page = later.text(f"/year/2026/statements/equity{asked}")
        led = re.findall(
            r'href="(/year/2026/behind/equity/[^"]+)">(?:<[^>]+>)?([(0-9.)]+)', page
        )
        assert len(led) > 10
        for path, figure in led:
            behind = later.text(path.replace("&amp;", "&"))
            shown = re.findall(r'data-label="Rp">(?:<[^>]+>)?([(0-9.)]+)', behind)
            assert sum(map(number, shown)) == number(figure), path
    surplus_of = plain(later.get("/year/2026/behind/equity/closing.surplus"))
    assert "34003" in surplus_of
    assert "The surplus of the year stands on the accounts" in surplus_of


def number(written: str) -> int:
    units = int(re.sub(r"[^0-9]", "", written))
    return -units if written.startswith("(") else units


def test_files_are_handed_out_for_the_time_asked_for(later: Desks) -> None:
    year(later.coop)
    in_english(later, "agus")
    sheet = later.get("/year/2026/statements.xlsx")
    assert sheet.data[:2] == b"PK"
    assert 'filename="laporan-20261231.xlsx"' in sheet.headers["Content-Disposition"]
    plain_file = later.get("/year/2026/statements.csv?last=30/06/2026")
    assert "laporan-20260630.csv" in plain_file.headers["Content-Disposition"]
    assert "surplus,net_surplus,NET SURPLUS," in plain_file.text
    paper = later.get("/year/2026/statements.pdf")
    assert paper.mimetype == "application/pdf"
    assert len(PdfReader(io.BytesIO(paper.data)).pages) > 3


@pytest.mark.parametrize(
    "path",
    [
        *("/year/2019", "/year/2030", "/year/2026/statements/nothing"),
        *("/year/2026/behind/surplus/nothing", "/year/2026/behind/cash/interest"),
        *("/year/2026/behind/position/assets", "/year/2026/behind/equity/closing"),
        "/year/2026/behind/equity/closing.nothing",
    ],
)
def test_what_is_not_there_is_not_found(later: Desks, path: str) -> None:
    in_english(later, "yanti")
    assert later.get(path).status_code == 404


def test_the_bookkeeper_closes_the_year_after_seeing_every_line(later: Desks) -> None:
    year(later.coop)
    in_english(later, "yanti")
    assert "Close 2026" in later.text("/year")
    seen = later.send("/year/2026/close")
    said = plain(seen)
    assert "2026 is closed with a surplus of" in said
    assert "39999 Income summary (closing)" in said
    later.post("/year/2026/close")
    page = plain(later.get("/year/2026"))
    assert "closed on 22 March 2027 by yanti" in page
    with later.coop.open() as book:
        assert yearend.closing_of(book, 2026) is not None
        assert ledger.is_closed(book, "2026")
    again = later.send("/year/2026/close")
    assert again.status_code == 422
    assert "2026 is already closed." in plain(again)


def test_a_year_that_is_not_in_order_says_what_is_missing(desks: Desks) -> None:
    in_english(desks, "yanti")
    page = plain(desks.get("/year"))
    assert "look at this The year is over" in page
    refused = desks.send("/year/2026/close")
    assert refused.status_code == 422
    assert "2026 is not over." in plain(refused)


def test_percentages_are_tried_then_written_down(later: Desks) -> None:
    year(later.coop)
    in_english(later, "budi")
    assert "is not written down" in plain(later.get("/year/2026/surplus"))
    asked = {
        "first_year": "2026",
        "reserve": "40",
        "capital": "20",
        "patronage": "45",
        "capital_base": "year_end",
        "activity": "interest_paid",
        "spread": "largest_remainder",
        "step": "1",
        "source": "AD pasal 45",
    }
    much = later.send("/year/2026/surplus/policy", **asked)
    assert much.status_code == 422
    assert "These percentages come to 105, not 100. Change one of them by 5." in plain(
        much
    )
    asked["patronage"] = "40"
    tried = later.send("/year/2026/surplus/policy", **asked)
    assert "What if: the surplus of 2026" in plain(tried)
    with later.coop.open() as book:
        assert surplus.policies(book) == []
    later.post("/year/2026/surplus/policy", **asked)
    page = plain(later.get("/year/2026/surplus"))
    assert "written in AD pasal 45" in page
    assert "draft" in page


def test_a_surplus_goes_from_the_meeting_to_the_member(later: Desks) -> None:
    year(later.coop, closed=True, policy=True)
    in_english(later, "budi")
    assert "No members' meeting has decided anything" in plain(
        later.get("/year/2026/surplus/decided")
    )
    with later.coop.open() as book:
        number = decided(book).number
    later.post("/year/2026/surplus/decided", decision=str(number))
    in_english(later, "yanti")
    assert "decided, not handed out" in plain(later.get("/year/2026/surplus"))
    later.post("/year/2026/surplus/handing-out", on="22/03/2027")
    assert "handed out" in plain(later.get("/year/2026/surplus"))
    with later.coop.open() as book:
        row = surplus.distribution_of(book, 2026)
        assert row is not None
        share = next(one for one in surplus.shares_of(book, row) if one.total)
        number = share.member_number
        waits = surplus.waiting_of(book, members.member(book, number))
        assert waits == share.total > ZERO
    in_english(later, "rina")
    path = f"/members/{number}/surplus"
    too_much = later.send(path, amount=str(waits.units + 1), to="", on="22/03/2027")
    assert too_much.status_code == 422
    later.post(path, amount=str(waits.units), to="", on="22/03/2027")
    with later.coop.open() as book:
        who = members.member(book, number)
        assert surplus.waiting_of(book, who) == Money(0)


def test_an_heir_and_their_papers_are_asked_for_where_a_member_died(
    later: Desks,
) -> None:
    year(later.coop, closed=True, policy=True)
    with later.coop.open() as book:
        surplus.approve(book, 2026, decided(book), on=LATER)
        row = surplus.post_surplus(book, 2026, on=LATER)
        share = next(one for one in surplus.shares_of(book, row) if one.total)
        number, whole = share.member_number, share.total
    in_english(later, "rina")
    path = f"/members/{number}/surplus"
    assert "Heir who receives it" not in plain(later.get(path))
    with later.coop.open() as book:
        who = members.member(book, number)
        settlement.begin(book, who, MemberStatus.DECEASED, on=LATER, reason="sakit")
    assert "Heir who receives it" in plain(later.get(path))
    asked = {"amount": "100", "to": "", "on": "22/03/2027"}
    refused = later.send(path, **asked)
    assert refused.status_code == 422
    assert "Write which heir receives it" in plain(refused)
    later.post(path, **asked, heir="Sari", papers="SKM 12")
    with later.coop.open() as book:
        assert surplus.waiting_of(book, members.member(book, number)) == (
            whole - Money(100)
        )


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_the_year_and_who_does_not(later: Desks, role: Role) -> None:
    later.log_in(only(later.coop, role))
    seen = {
        later.get(path).status_code
        for path in ("/year", "/year/2026/statements/position", "/year/2026/surplus")
    }
    assert seen == ({200} if role in READ else {403})


def test_every_ratio_shows_its_formula_its_figures_and_its_source(later: Desks) -> None:
    year(later.coop, policy=True)
    in_english(later, "budi")
    page = later.get("/year/2026/health")
    said = plain(page)
    assert "Superseded" in said
    assert "Own capital to total assets" in said
    one = plain(later.get("/year/2026/health/score/2a"))
    assert "loans to members ÷ all loans" in one
    assert "100 %" in one
    assert "Points 10 / 10" in one
    pearls = plain(later.get("/year/2026/health/pearls"))
    assert "70% to 80%" in pearls
    assert "Unverified" in plain(later.get("/year/2026/health/tool"))
    assert later.get("/year/2026/health/score/9z").status_code == 404
    assert later.get("/year/2026/health/other").status_code == 404
    for path in ("health", "health/pearls", "health/tool", "health/score/1a"):
        assert len(later.get(f"/year/2026/{path}").data) <= 20_000


def test_the_score_says_by_which_by_laws_it_is_made(later: Desks) -> None:
    year(later.coop)
    in_english(later, "budi")
    page = later.get("/year/2026/health")
    said = plain(page)
    assert "How it is scored: by the tables. Limits: as each table prints" in said
    assert "Rounding: the ratio as it is. By-laws" in said
    assert b'href="/bylaws?about=health"' in page.data
    assert "A ratio of the score of 2016" in plain(later.get("/bylaws?about=health"))
    with later.coop.open() as book:
        cooperatives.settings(book, "health_scoring")[-1].value = "1"
        cooperatives.settings(book, "health_rounding")[-1].value = "2"
    changed = plain(later.get("/year/2026/health"))
    assert "by the lines of the annex, where it has one. Limits: as" in changed
    assert "Rounding: the ratio up to the next whole percent. By-laws" in changed
    line = plain(later.get("/year/2026/health/score/2b"))
    assert "Points 0 / 5 How by a straight line" in line
    later.client.post("/language", data={"language": "id"})
    indonesian = plain(later.get("/year/2026/health"))
    assert "Cara menilai: menurut garis dalam lampiran, kalau ada" in indonesian
    assert "Cara menilai" not in plain(later.get("/year/2026/health/pearls"))


def test_answers_about_the_management_are_written_down(later: Desks) -> None:
    year(later.coop)
    in_english(later, "sari")
    asked = {"group": "general", "yes": "9", "no": "4", "said_by": "rapat pengawas"}
    much = later.send("/year/2026/questions", **asked)
    assert much.status_code == 422
    assert "has 12 questions, not 13" in plain(much)
    later.post("/year/2026/questions", **(asked | {"no": "3"}))
    assert "rapat pengawas" in plain(later.get("/year/2026/health"))


def test_the_meetings_book_is_handed_out_in_both_languages(later: Desks) -> None:
    year(later.coop, closed=True, policy=True)
    in_english(later, "budi")
    page = plain(later.get("/year/2026/meeting-book"))
    assert "Report of the board ◆ empty Write" in page
    assert "Report of the supervisors ◆ empty" in page
    for code in ("id", "en"):
        paper = later.get(f"/year/2026/meeting-book.pdf?language={code}")
        assert paper.data[:5] == b"%PDF-"
        assert 'filename="RAT-2026.pdf"' in paper.headers["Content-Disposition"]
        annex = later.get(f"/year/2026/meeting-book.xlsx?language={code}")
        assert annex.data[:2] == b"PK"


def test_each_writes_their_own_chapter(later: Desks) -> None:
    in_english(later, "budi")
    later.post("/year/2026/texts/board", body="Tahun yang baik.")
    assert later.get("/year/2026/texts/supervisors").status_code == 403
    in_english(later, "sari")
    assert later.get("/year/2026/texts/board").status_code == 403
    later.post("/year/2026/texts/supervisors", body="Kami telah memeriksa.")
    page = plain(later.get("/year/2026/meeting-book"))
    assert "Report of the board written on 22/03/2027 by budi" in page
    assert "Report of the supervisors written on 22/03/2027 by sari" in page


def test_a_budget_is_planned_line_by_line(later: Desks) -> None:
    year(later.coop)
    in_english(later, "tono")
    asked = {"account": "52009", "amount": "600000"}
    later.post("/year/2027/budget/line", **asked)
    page = plain(later.get("/year/2027/budget"))
    assert "52009 Utilities and internet 600.000 0 0,00% 45.000" in page
    wrong = later.send("/year/2027/budget/line", account="11201", amount="5")
    assert wrong.status_code == 422


def test_members_see_their_own_part_so_far_and_take_their_slip(later: Desks) -> None:
    from coopbook.people import add_user
    from tests.conftest import FIRST_DAY, PASSWORD_HASH

    year(later.coop, closed=True, policy=True)
    with later.coop.open() as book:
        surplus.approve(book, 2026, decided(book), on=LATER)
        surplus.post_surplus(book, 2026, on=LATER)
        row = surplus.distribution_of(book, 2026)
        assert row is not None
        shares = surplus.shares_of(book, row)
        mine, other = shares[0], shares[1]
        number, total = mine.member_number, mine.total.units
        another = other.member_number
        add_user(
            *(book, "anggota", "Anggota", PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=number,
            hashed=True,
        )
    in_english(later, "anggota")
    page = plain(later.get("/mine/surplus"))
    figure = f"{total:,}".replace(",", ".")
    assert figure in page
    assert "Surplus" in plain(later.get("/mine"))
    slip = later.get("/mine/surplus/2026/slip.pdf")
    assert f"SHU-2026-{number:04d}.pdf" in slip.headers["Content-Disposition"]
    assert later.get("/mine/surplus/2025/slip.pdf").status_code == 404
    assert later.get(f"/members/{another}/surplus/2026.pdf").status_code == 403
    in_english(later, "rina")
    assert later.get(f"/members/{another}/surplus/2026.pdf").status_code == 200


def test_a_year_is_not_opened_at_the_page_of_months(later: Desks) -> None:
    year(later.coop, closed=True)
    in_english(later, "yanti")
    page = later.get("/books/months/2026/reopening")
    assert page.headers["Location"].endswith("/year/2026/reopening")
    answer = later.send("/books/months/2026/reopening", reason="coba")
    assert answer.status_code == 422
    assert "Open it again on the page of the year" in plain(answer)
    month = later.send("/books/months/2026-12/reopening", reason="coba")
    assert "Reopen 2026 first" in plain(month)
    with later.coop.read() as book:
        assert ledger.is_closed(book, "2026")
        assert ledger.is_closed(book, "2026-12")


def test_a_deficit_is_covered_from_the_reserve_by_the_meeting(later: Desks) -> None:
    with later.coop.open() as book:
        lines = [
            ledger.debit(11_201, Money(90_000)),
            ledger.credit(32_001, Money(90_000)),
        ]
        ledger.post(book, on=date(2026, 1, 2), memo="cadangan", lines=lines)
        spent(book, 80_000)
        close_months(book)
        yearend.close_year(book, 2026, today=date(2027, 1, 15))
    in_english(later, "yanti")
    page = later.get("/year/2026/surplus")
    assert "A deficit of Rp 80.000 is not covered." in plain(page)
    path = "/year/2026/surplus/covering"
    assert path in page.text
    with later.coop.open() as book:
        number = decided(book, title="Rugi ditutup dari cadangan").number
    about = {"decision": str(number), "on": "22/03/2027"}
    much = later.send(path, **about, amount="80.001")
    assert much.status_code == 422
    shown = plain(later.send(path, **about, amount="80.000"))
    assert "80.000 of the deficit is covered from the general reserve" in shown
    later.post(path, **about, amount="80.000")
    assert "is not covered" not in plain(later.get("/year/2026/surplus"))
    with later.coop.read() as book:
        assert ledger.account_balance(book, 32_001) == Money(10_000)
    later.log_in("tono")
    assert later.get(path).status_code == 403


def test_the_policy_says_who_takes_no_part_and_whether_savings_count(
    later: Desks,
) -> None:
    year(later.coop)
    in_english(later, "budi")
    form = later.get("/year/2026/surplus/policy").text
    assert re.search(r'<input[^>]*checked[^>]*name="out_expelled"', form)
    later.post(
        "/year/2026/surplus/policy",
        first_year="2026",
        reserve="40",
        capital="60",
        capital_base="year_end",
        activity="interest_paid",
        spread="largest_remainder",
        step="1",
        leavers="y",
        saved="y",
        out_resigned="y",
        out_expelled="y",
        source="AD 45",
    )
    with later.coop.read() as book:
        kept = surplus.policy_of(book, 2026)
    assert (kept.saved, kept.leavers) == (True, True)
    assert kept.excluded == {MemberStatus.RESIGNED, MemberStatus.EXPELLED}
    again = later.get("/year/2026/surplus/policy").text
    assert re.search(r'<input[^>]*checked[^>]*name="out_resigned"', again)
    assert not re.search(r'<input[^>]*checked[^>]*name="out_deceased"', again)
    later.log_in("budi")
    assert "Heirs" not in later.get("/year/2026/surplus/policy").text


def test_a_tick_changed_after_the_check_is_another_form(later: Desks) -> None:
    """What a box sends is the same ticked and not; what it asks for is not."""
    with later.app.test_request_context():
        ticked, plain_form = (
            PolicyForm(formdata=None, leavers=ticked) for ticked in (True, False)
        )
        assert ticked.fingerprint() != plain_form.fingerprint()
