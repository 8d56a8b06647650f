"""Loans at the counter: installments and who pays them, standing orders."""

from __future__ import annotations

from coopbook import ledger, loans, members, orders
from coopbook.ledger import chart
from coopbook.money import Money
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, TODAY, Coop, as_
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_counter_savings import ON, VOLUNTARY, held_on, in_english


def lent(coop: Coop) -> int:
    """Lend Siti three million in January; the first two installments are due."""
    with coop.open() as book:
        ledger.post(
            book,
            on=FIRST_DAY,
            memo="Hibah",
            lines=[
                ledger.debit(11102, Money(40_000_000)),
                ledger.credit(33002, Money(40_000_000)),
            ],
        )
        siti, product = members.member(book, 1), loans.product(book, "productive")
        with as_(book, "dewi"):
            loan = loans.apply(
                *(book, siti, product, Money(3_000_000)),
                term=10,
                purpose="Warung",
                on=FIRST_DAY,
            )
        with as_(book, "budi"):
            asked = approvals.inbox(book)[0]
            approvals.approve(book, asked.number, digest=asked.digest)
        loans.disburse(book, loan, on=FIRST_DAY)
        return loan.number


def test_an_installment_by_transfer_keeps_who_paid_and_its_reference(
    desks: Desks,
) -> None:
    number = lent(desks.coop)
    in_english(desks, "rina")
    assert "By transfer, or somebody else pays" in desks.text("/counter/1/installment")

    posted = desks.post(
        "/counter/1/installment",
        loan=number,
        amount="345000",
        on=ON,
        channel="bank",
        payer="Pak Harun",
        reference="TRF 91",
    )

    voucher = int(posted.headers["Location"].rsplit("/", 1)[1])
    with desks.coop.read() as book:
        origin, entry = ledger.origin_of(book, voucher), ledger.entry(book, voucher)
        took = entry.lines[0].account_number
    assert origin is not None
    assert (origin.payer, origin.reference) == ("Pak Harun", "TRF 91")
    assert (entry.kind, took) == ("BBM", chart.BANK)
    assert "(Pak Harun)" in entry.memo
    shown = desks.text(f"/books/vouchers/{voucher}")
    assert "<dt>Paid by</dt><dd>Pak Harun</dd>" in shown
    assert "<dt>Reference of the transfer</dt><dd>TRF 91</dd>" in shown


def test_an_installment_in_cash_by_the_member_names_nobody(desks: Desks) -> None:
    number = lent(desks.coop)
    desks.log_in("rina")

    posted = desks.post(
        "/counter/1/installment", loan=number, amount="345000", on=ON, payer=" "
    )

    voucher = int(posted.headers["Location"].rsplit("/", 1)[1])
    with desks.coop.read() as book:
        assert ledger.origin_of(book, voucher) is None
        assert ledger.entry(book, voucher).lines[0].account_number == chart.TELLER_CASH


def test_what_is_more_than_due_goes_into_savings_with_one_receipt(
    desks: Desks,
) -> None:
    number = lent(desks.coop)
    in_english(desks, "rina")
    page = desks.text("/counter/1/installment")
    assert f'value="savings-{VOLUNTARY}"' in page
    assert 'value="savings-1"' not in page  # the principal share takes no more
    with desks.coop.read() as book:
        due = loans.due_on(book, loans.loan(book, number), TODAY)

    posted = desks.post(
        "/counter/1/installment",
        loan=number,
        amount=str(due.units + 55_000),
        on=ON,
        wish=f"savings-{VOLUNTARY}",
    )

    voucher = int(posted.headers["Location"].rsplit("/", 1)[1])
    assert held_on(desks, VOLUNTARY) == Money(155_000)
    with desks.coop.read() as book:
        (paid,) = loans.payments(book, loans.loan(book, number))
    assert (paid.entry_number, paid.total) == (voucher, due)
    receipt = desks.text(f"/receipts/{voucher}")
    assert "155.000" in receipt

    early = desks.send(
        "/counter/1/installment",
        loan=number,
        amount="50000",
        on=ON,
        wish=f"savings-{VOLUNTARY}",
    )
    assert early.status_code == 422
    assert "Nothing is due on loan" in plain(early)


def test_a_standing_order_is_set_run_once_a_day_and_ended(desks: Desks) -> None:
    number = lent(desks.coop)
    in_english(desks, "rina")
    assert f'href="/loans/{number}/order"' in desks.text(f"/loans/{number}")
    posted = desks.post(f"/loans/{number}/order/new", account=VOLUNTARY, on=ON)
    assert posted.headers["Location"] == f"/loans/{number}/order"

    with desks.coop.read() as book:
        due = loans.standing(book, loans.loan(book, number), TODAY).due.total
    shown = desks.send("/orders/today")
    said = plain(shown)
    lacks = f"{(due - Money(90_000)).units:,}".replace(",", ".")
    assert "0 orders pay in full and 1 as far as the savings reach: Rp 90.000" in said
    assert lacks in said
    assert held_on(desks, VOLUNTARY) == Money(100_000)
    data = hidden_fields(shown.text)
    for _ in range(2):
        assert desks.client.post("/orders/today", data=data).status_code == 302
    assert held_on(desks, VOLUNTARY) == Money(10_000)
    page = desks.text(f"/loans/{number}/order")
    assert "90.000" in page
    assert lacks in page

    ended = desks.client.post(f"/loans/{number}/order/end", data=hidden_fields(page))
    assert ended.status_code == 302
    with desks.coop.read() as book:
        assert orders.order_for(book, number) is None


def test_an_order_begins_today_or_later_and_once(desks: Desks) -> None:
    number = lent(desks.coop)
    in_english(desks, "rina")
    path = f"/loans/{number}/order/new"
    early = desks.send(path, account=VOLUNTARY, on="15/03/2026")
    assert early.status_code == 422
    assert "Choose today, 16/03/2026" in plain(early)
    desks.post(path, account=VOLUNTARY, on=ON)
    again = desks.send(path, account=VOLUNTARY, on=ON)
    assert again.status_code == 422
    assert "End that order first" in plain(again)
