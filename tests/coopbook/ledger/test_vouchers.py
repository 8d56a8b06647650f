"""The treasurer's vouchers, in everyday words, with limits and papers."""

import pytest

from coopbook.ledger import (
    TEMPLATES,
    Entry,
    Paper,
    account_balance,
    attachments,
    credit,
    debit,
    post,
    post_journal,
    post_voucher,
    vouchers,
)
from coopbook.ledger import rules as ledger_rules
from coopbook.ledger.chart import BANK, TELLER_CASH
from coopbook.money import ZERO, Money
from coopbook.people import Approval, approvals
from coopbook.people.rules import OwnRequest
from tests.conftest import TODAY, as_

PDF = Paper("nota.pdf", "application/pdf", b"%PDF-1.4 nota listrik")
GRANTS = 33002


@pytest.fixture
def rich(book):
    """The cooperative with ten million in the bank and in the till."""
    for account in (BANK, TELLER_CASH):
        post(
            book,
            on=TODAY,
            memo="Hibah",
            lines=[
                debit(account, Money(10_000_000)),
                credit(GRANTS, Money(10_000_000)),
            ],
        )
    with as_(book, "tono"):
        yield book


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.key)
def test_every_template_posts_with_its_usual_accounts(rich, template):
    if template.debit[0] == template.credit[0]:
        pytest.fail("the usual accounts differ")
    if 11603 in template.credit:
        post_voucher(rich, "advance", Money(500_000), on=TODAY, memo="Uang muka")

    entry = post_voucher(
        rich, template.key, Money(300_000), on=TODAY, memo="Uji", extra=Money(20_000)
    )

    assert isinstance(entry, Entry)
    left = sum((line.debit for line in entry.lines), ZERO)
    assert left == sum((line.credit for line in entry.lines), ZERO) > ZERO


@pytest.mark.parametrize(
    ("key", "debit_account", "credit_account", "kind"),
    [
        ("expense", 52009, 11102, "BKK"),
        ("expense", 52009, 11201, "BBK"),
        ("income", 11102, 43009, "BKM"),
        ("income", 11201, 42002, "BBM"),
        ("transfer", 11201, 11102, "BKK"),
        ("transfer", 11102, 11201, "BBK"),
    ],
)
def test_the_kind_of_paper_follows_the_money(
    rich, key, debit_account, credit_account, kind
):
    entry = post_voucher(
        *(rich, key, Money(1_000)),
        on=TODAY,
        memo="Uji",
        debit_account=debit_account,
        credit_account=credit_account,
    )

    assert entry.kind == kind


def test_salary_keeps_tax_back(rich):
    entry = post_voucher(
        rich, "salary", Money(900_000), on=TODAY, memo="Gaji", extra=Money(45_000)
    )

    assert [
        (row.account_number, row.debit.units, row.credit.units) for row in entry.lines
    ] == [
        (52002, 900_000, 0),
        (21602, 0, 45_000),
        (11102, 0, 855_000),
    ]


def test_above_the_limit_a_second_person_decides(rich):
    request = post_voucher(
        rich, "buy-asset", Money(2_000_001), on=TODAY, memo="Komputer", paper=PDF
    )

    assert isinstance(request, Approval)
    assert account_balance(rich, 13004) == ZERO
    with pytest.raises(OwnRequest):
        approvals.approve(rich, request.number, digest=request.digest)
    with as_(rich, "budi"):
        entry = approvals.approve(rich, request.number, digest=request.digest)
    assert entry.approval == request.number
    assert account_balance(rich, 13004) == Money(2_000_001)
    assert [each.name for each in attachments(rich, entry)] == ["nota.pdf"]


def test_money_that_stays_in_the_house_needs_nobody_else(rich):
    assert isinstance(
        post_voucher(rich, "transfer", Money(5_000_000), on=TODAY, memo="Setor bank"),
        Entry,
    )


def test_a_paper_is_a_picture_or_a_pdf(rich):
    for paper in (
        Paper("x.pdf", "application/pdf", b"MZ\x90 not a pdf"),
        Paper("x.svg", "image/svg+xml", b"<svg/>"),
        Paper("x.pdf", "application/pdf", b"%PDF-" + bytes(2_000_001)),
    ):
        with pytest.raises(vouchers.NotAPaper):
            post_voucher(
                rich, "expense", Money(1_000), on=TODAY, memo="Uji", paper=paper
            )


def test_a_free_journal_moves_ordinary_accounts_only(rich):
    entry = post_journal(
        rich,
        [debit(52027, Money(7)), credit(11603, Money(3)), credit(21304, Money(4))],
        on=TODAY,
        memo="Koreksi",
    )
    assert entry.kind == "BM"

    with pytest.raises(ledger_rules.NoSuchCard):
        post_journal(
            rich,
            [debit(52027, Money(7)), credit(21101, Money(7), card=2)],
            on=TODAY,
            memo="Koreksi",
        )


def test_a_voucher_says_what_would_work(rich):
    with pytest.raises(vouchers.NoSuchTemplate):
        post_voucher(rich, "bribe", Money(1), on=TODAY, memo="x")
    with pytest.raises(vouchers.NotAChoice):
        post_voucher(rich, "expense", Money(1), on=TODAY, memo="x", debit_account=11401)
    with pytest.raises(vouchers.SameAccount):
        post_voucher(
            *(rich, "transfer", Money(1)),
            on=TODAY,
            memo="x",
            debit_account=11102,
            credit_account=11102,
        )
    with pytest.raises(vouchers.KeptBackTooMuch):
        post_voucher(rich, "salary", Money(9), on=TODAY, memo="x", extra=Money(9))
    with pytest.raises(ledger_rules.ReasonNeeded):
        post_voucher(rich, "expense", Money(9), on=TODAY, memo=" ")
