"""Ratios that annual reports print without scoring them (pure)."""

from __future__ import annotations

from coopbook.baddebts.classes import Mark
from coopbook.health.inputs import Input
from coopbook.health.ratios import Ratio, Source, a_year_ago, end, increase
from coopbook.i18n import N_

F = Input
CUSTOM = Source(N_("as annual reports print it"), Mark.KNOWLEDGE)
BESIDE = (
    Ratio(
        "current",
        N_("Current assets to current liabilities"),
        end(F.CURRENT_ASSETS),
        end(F.CURRENT_LIABILITIES),
        CUSTOM,
    ),
    Ratio(
        "roa",
        N_("Return on assets"),
        end(F.SURPLUS),
        end(F.ASSETS),
        CUSTOM,
    ),
    Ratio(
        "lent",
        N_("Loans to total assets"),
        end(F.LOANS),
        end(F.ASSETS),
        CUSTOM,
    ),
    Ratio(
        "npl",
        N_("Loans that do not perform"),
        end(F.SUBSTANDARD, F.DOUBTFUL, F.LOSS),
        end(F.LOANS),
        CUSTOM,
    ),
    Ratio(
        "assets",
        N_("Growth of assets"),
        increase(F.ASSETS),
        a_year_ago(F.ASSETS),
        CUSTOM,
    ),
    Ratio(
        "interest",
        N_("Growth of interest income"),
        increase(F.INTEREST_INCOME),
        a_year_ago(F.INTEREST_INCOME),
        CUSTOM,
    ),
)
