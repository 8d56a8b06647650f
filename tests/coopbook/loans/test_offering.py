"""A kind of loan is changed by two people, within the cap and the meeting's range."""

from dataclasses import replace

import pytest

from coopbook import loans
from coopbook.loans.offering import (
    RateAboveCap,
    RateOutsideRange,
    TermsImpossible,
    change_product,
    offer_of,
)
from coopbook.loans.terms import GraceLeavesNothing, InterestMethod
from coopbook.money import Money, Per, Rate
from coopbook.people import approvals
from coopbook.people.rules import OwnRequest
from tests.conftest import TODAY, as_


def asked(book, offer, who="budi"):
    with as_(book, who):
        row = loans.product(book, "emergency")
        return change_product(book, row, offer, on=TODAY, reason="rapat")


def test_a_second_person_changes_it_and_the_terms_are_kept_whole(book):
    row = loans.product(book, "emergency")
    before = offer_of(row)
    due = replace(before.conditions, due_day=31, tolerance=Money(500))
    offer = replace(
        before, method=InterestMethod.ANNUITY, rate=Rate.percent(1), conditions=due
    )
    request = asked(book, offer)
    assert offer_of(row) == before
    with as_(book, "budi"), pytest.raises(OwnRequest):
        approvals.approve(book, request.number, digest=request.digest)
    with as_(book, "wati"):
        approvals.approve(book, request.number, digest=request.digest)

    assert offer_of(row) == offer


def test_the_nominal_rate_is_at_most_the_cap(book):
    # Permenkop 8/2023 article 27, from secondary sources: 24 % a year.
    offer = offer_of(loans.product(book, "emergency"))
    asked(book, replace(offer, rate=Rate.percent(2)))

    with pytest.raises(RateAboveCap, match="24 %"):
        asked(book, replace(offer, rate=Rate.percent("2.01")))


@pytest.mark.parametrize("percent", ["0.9", "1.6"])
def test_the_rate_lies_in_the_range_the_meeting_approved(book, percent):
    offer = offer_of(loans.product(book, "emergency"))
    ranged = replace(
        offer.conditions,
        rate_from=Rate.percent(12, per=Per.YEAR),
        rate_to=Rate.percent(18, per=Per.YEAR),
    )

    with pytest.raises(RateOutsideRange, match="from 12 % to 18 %"):
        asked(book, replace(offer, rate=Rate.percent(percent), conditions=ranged))


@pytest.mark.parametrize(
    ("refusal", "change"),
    [
        (TermsImpossible, {"limit": Money(0)}),
        (TermsImpossible, {"max_term": 0}),
    ],
)
def test_what_lends_nothing_is_refused(book, refusal, change):
    offer = offer_of(loans.product(book, "emergency"))

    with pytest.raises(refusal):
        asked(book, replace(offer, **change))


def test_a_grace_longer_than_the_loan_is_refused(book):
    offer = offer_of(loans.product(book, "emergency"))
    graced = replace(offer.conditions, principal_grace=6)

    with pytest.raises(GraceLeavesNothing):
        asked(book, replace(offer, conditions=graced))
