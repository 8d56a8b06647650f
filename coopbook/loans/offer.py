"""The loans a new cooperative begins with; every figure is the by-laws' to change."""

from __future__ import annotations

from coopbook.book import Book
from coopbook.ledger import chart
from coopbook.loans.model import LoanProduct
from coopbook.loans.terms import InterestMethod
from coopbook.money import Money, Per, Rate


def enter_products(book: Book) -> None:
    """Enter three kinds of loans to begin with; every figure is the by-laws'."""
    flat, declining = InterestMethod.FLAT, InterestMethod.DECLINING
    kinds = [
        (
            *("productive", "Pinjaman Modal Usaha", "Working capital loan"),
            *(chart.PRODUCTIVE_LOANS, chart.PRODUCTIVE_INTEREST, flat, "1.5"),
            *(25_000_000, 24, "1", 25_000),
        ),
        (
            *("consumer", "Pinjaman Konsumtif", "Consumer loan"),
            *(chart.CONSUMER_LOANS, chart.CONSUMER_INTEREST, declining, "2"),
            *(10_000_000, 12, "1", 25_000),
        ),
        (
            *("emergency", "Pinjaman Darurat", "Emergency loan"),
            *(chart.EMERGENCY_LOANS, chart.EMERGENCY_INTEREST, flat, "0"),
            *(2_000_000, 6, "0", 0),
        ),
    ]
    for (
        code,
        name_id,
        name_en,
        loans,
        interest,
        method,
        rate,
        limit,
        term,
        fee,
        admin,
    ) in kinds:
        book.session.add(
            LoanProduct(
                cooperative_id=book.cooperative_id,
                code=code,
                name_id=name_id,
                name_en=name_en,
                account_number=loans,
                interest_account_number=interest,
                method=method,
                rate=Rate.percent(rate),
                limit=Money(limit),
                max_term=term,
                rounding_step=1_000,
                origination_fee_rate=Rate.percent(fee),
                admin_fee=Money(admin),
                penalty_rate=Rate.percent("0.1", per=Per.DAY),
                penalty_grace_days=3,
            )
        )
    book.session.flush()
