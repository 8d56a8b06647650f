"""``verify`` holds every claim to its memorandum lines, whatever else was bent."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from coopbook.chain.findings import Wrong
from coopbook.verification.claimed import check_claims
from tests.coopbook.gone_bad import go_bad


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claim_waiver SET principal = principal + 1",
        "UPDATE claim_waiver SET penalty = penalty - 1",
        "UPDATE loan SET state = 'disbursed' WHERE state = 'written_off'",
        "UPDATE loan SET state = 'written_off' WHERE state = 'disbursed'",
    ],
)
def test_a_claim_that_was_bent_is_noticed(coop, statement):
    with coop.open() as book:
        go_bad(book)
    joined = "AND" if "WHERE" in statement else "WHERE"
    mine = f"{joined} cooperative_id = {coop.number}"
    with coop.engine.connect().execution_options(writing=True) as connection:
        assert check_claims(connection, coop.number) == 1
        done = connection.execute(text(f"{statement} {mine}"))
        assert done.rowcount
        with pytest.raises(Wrong):
            check_claims(connection, coop.number)
        connection.rollback()
