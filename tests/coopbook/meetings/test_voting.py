"""Quorum and votes against a count head by head that shares no line with ours."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.cooperatives.shares import NotAShare, parse
from coopbook.meetings.counting import (
    CountedByRoll,
    NobodyCalled,
    NotAConsensus,
    TooManyVotes,
    VotesMissing,
    counted,
)
from coopbook.meetings.rules import Choice, Way
from coopbook.meetings.voting import (
    Quorum,
    Tally,
    carried,
    consensus,
    needed,
    reached,
)
from tests.oracles import naive_quorum

shares = (
    st.integers(1, 12)
    .flatmap(
        lambda bottom: st.tuples(st.integers(1, bottom), st.just(bottom), st.booleans())
    )
    .filter(lambda share: not (share[2] and share[0] == share[1]))
)
papers = st.lists(st.sampled_from(["for", "against", "abstain", "blank"]), max_size=60)


def share_of(top, bottom, passed):
    return parse(f"{'>' if passed else '>='}{top}/{bottom}")


@given(shares, st.integers(0, 1_500))
def test_what_is_needed_is_what_one_counts_to(share, whole):
    assert needed(share_of(*share), whole) == naive_quorum.needed(whole, *share)


@given(shares, st.integers(0, 300), st.integers(0, 300))
def test_a_quorum_is_reached_exactly_where_enough_heads_are_there(share, part, whole):
    quorum = Quorum(share_of(*share), whole, part)

    assert quorum.reached == naive_quorum.enough(part, whole, *share)
    if whole:
        assert quorum.reached == (quorum.missing == 0)
        assert reached(quorum.share, part + quorum.missing, whole)


@given(shares, papers, st.booleans())
def test_a_motion_is_carried_exactly_where_the_opened_votes_say_so(
    share, papers, of_present
):
    votes = Tally(
        *(papers.count(word) for word in ("for", "against", "abstain")), len(papers)
    )

    said = carried(share_of(*share), votes, of_present=of_present)

    assert said == naive_quorum.carried(papers, len(papers), *share, of_present)


@given(papers, shares)
def test_whoever_weighs_against_all_present_never_carries_more(papers, share):
    votes = Tally(
        *(papers.count(word) for word in ("for", "against", "abstain")), len(papers)
    )
    rule = share_of(*share)

    if carried(rule, votes, of_present=True):
        assert carried(rule, votes, of_present=False)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "1/2",
        ">0.5",
        ">50%",
        ">=0/3",
        ">=3/2",
        ">1/1",
        ">1/0",
        "=1/2",
        ">1/2x",
        "<1/2",
    ],
)
def test_a_share_that_cannot_be_meant_is_refused(rule):
    with pytest.raises(NotAShare) as refusal:
        parse(rule)

    assert "Write the share like >1/2 or >=2/3" in str(refusal.value)


def test_shares_are_exact_at_their_edges():
    third, half = parse(" >= 1/3 "), parse(">1/2")

    assert third.part == Fraction(1, 3)
    assert [needed(third, whole) for whole in (3, 4, 120, 121)] == [1, 2, 40, 41]
    assert [needed(half, whole) for whole in (0, 1, 2, 3, 120)] == [1, 1, 2, 2, 61]
    assert not reached(half, 0, 0)
    assert not carried(half, Tally(5, 5, 0, 10), of_present=True)
    assert carried(parse(">=1/1"), consensus(3), of_present=True)


@pytest.mark.parametrize("way", [Way.SHOW_OF_HANDS, Way.BALLOT])
def test_told_votes_may_not_be_more_than_those_who_take_part(way):
    edge = counted(way, present=10, roll={}, votes_for=6, votes_against=3, abstained=1)
    assert (edge.cast, edge.present) == (10, 10)

    with pytest.raises(TooManyVotes) as refusal:
        counted(way, present=10, roll={}, votes_for=6, votes_against=3, abstained=2)
    assert refusal.value.facts == {"votes": 11, "present": 10}
    for told in ({"votes_for": 6}, {"votes_against": 6}, {},
                 {"votes_for": -1, "votes_against": 3}):  # fmt: skip
        with pytest.raises(VotesMissing):
            counted(way, present=10, roll={}, **told)


def test_votes_cast_by_name_are_what_counts():
    roll = {Choice.FOR: 4, Choice.AGAINST: 2, Choice.ABSTAIN: 1}

    assert counted(Way.ROLL_CALL, present=9, roll=roll) == Tally(4, 2, 1, 9)
    same = {"votes_for": 4, "votes_against": 2, "abstained": 1}
    assert counted(Way.ROLL_CALL, present=9, roll=roll, **same).cast == 7
    with pytest.raises(CountedByRoll):
        counted(Way.ROLL_CALL, present=9, roll=roll, **same | {"votes_for": 5})
    with pytest.raises(CountedByRoll) as refusal:
        counted(Way.BALLOT, present=9, roll=roll, votes_for=9, votes_against=0)
    assert refusal.value.votes == 7
    with pytest.raises(NobodyCalled):
        counted(Way.ROLL_CALL, present=9, roll=dict.fromkeys(Choice, 0))


def test_a_consensus_is_the_agreement_of_everybody_there():
    assert counted(Way.CONSENSUS, present=9, roll={}) == consensus(9)
    assert counted(Way.CONSENSUS, present=9, roll={}, votes_for=9) == consensus(9)
    for told in ({"votes_for": 8}, {"votes_against": 1}, {"abstained": 1}):
        with pytest.raises(NotAConsensus) as refusal:
            counted(Way.CONSENSUS, present=9, roll={}, **told)
        assert refusal.value.facts == {"present": 9}
