"""What the by-laws say of meetings, where nobody said otherwise."""

from __future__ import annotations

from coopbook.cooperatives.standard import MODEL_BY_LAWS, Group, Standard, Unit
from coopbook.i18n import N_

G, U = Group, Unit

MEETINGS = (
    Standard(
        "quorum_ordinary",
        N_("Quorum of ordinary matters"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_election",
        N_("Quorum of elections"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_bylaws",
        N_("Quorum of changes of the by-laws"),
        G.MEETINGS,
        U.SHARE,
        ">=2/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_dissolution",
        N_("Quorum of a dissolution"),
        G.MEETINGS,
        U.SHARE,
        ">=2/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_ordinary_second",
        N_("Quorum of ordinary matters, second call"),
        G.MEETINGS,
        U.SHARE,
        ">=1/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_election_second",
        N_("Quorum of elections, second call"),
        G.MEETINGS,
        U.SHARE,
        ">=1/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_bylaws_second",
        N_("Quorum of changes of the by-laws, second call"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_dissolution_second",
        N_("Quorum of a dissolution, second call"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "majority_ordinary",
        N_("Majority in ordinary matters"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "majority_election",
        N_("Majority in elections"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "majority_bylaws",
        N_("Majority for a change of the by-laws"),
        G.MEETINGS,
        U.SHARE,
        ">=2/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "majority_dissolution",
        N_("Majority for a dissolution"),
        G.MEETINGS,
        U.SHARE,
        ">=2/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "majority_of_present",
        N_("Votes are weighed against all who are present"),
        G.MEETINGS,
        U.YES_NO,
        1,
        N_("usual in model by-laws: 1 weighs votes against all present, 0 only votes"),
    ),
    Standard(
        "meeting_notice_days",
        N_("Between the call and the meeting"),
        G.MEETINGS,
        U.DAYS,
        7,
        MODEL_BY_LAWS,
    ),
)
