"""What the by-laws say of the score of 2016, where nobody said otherwise."""

from __future__ import annotations

from coopbook.cooperatives.standard import Group, Standard, Unit
from coopbook.i18n import N_

G, U = Group, Unit

HEALTH = (
    Standard(
        "health_scoring",
        N_("A ratio of the score of 2016 becomes points"),
        G.HEALTH,
        U.CHOICE,
        0,
        N_("tables of Permen KUKM 14/2009 as reprinted; lines of its annex, of theses"),
        choices=(
            N_("by the tables"),
            N_("by the lines of the annex, where it has one"),
            N_("by the lines of theses, where they have one"),
        ),
    ),
    Standard(
        "health_edge",
        N_("A ratio of the score of 2016 that lies exactly on a limit"),
        G.HEALTH,
        U.CHOICE,
        0,
        N_("copies of the table disagree"),
        choices=(
            N_("as each table prints it"),
            N_("on the limit is in the lower band (≤)"),
            N_("on the limit is in the upper band (<)"),
        ),
    ),
    Standard(
        "health_rounding",
        N_("What is scored of a ratio of the score of 2016"),
        G.HEALTH,
        U.CHOICE,
        0,
        N_("no regulation says; a cooperative's report and a public program round"),
        choices=(
            N_("the ratio as it is"),
            N_("the ratio to a whole percent, half up"),
            N_("the ratio up to the next whole percent"),
        ),
    ),
)
