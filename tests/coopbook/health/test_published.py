"""What others published of cooperatives' health comes out to the unit."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from coopbook.health import (
    BESIDE,
    OWN,
    PEARLS,
    PREDICATES,
    SCORED,
    WITH_LIABILITIES,
    Choices,
    Input,
    Part,
    PredicateSet,
    RatioRounding,
    ScoringMode,
    counted,
    decimal,
    judge_all,
    read,
    score,
    weigh,
)
from coopbook.money import Money, Rounding

CASES = json.loads(
    (Path(__file__).parent / "published.json").read_text(encoding="utf-8")
)
FIGURES = [(case, each) for case in CASES for each in case["expected"]]
BY_CODE = {each.ratio.code: each for each in SCORED}
RATIOS = {each.code: each for each in BESIDE}
RATIOS |= {each.ratio.code: each.ratio for each in (*SCORED, *PEARLS)}


def named(figures):
    return {Input(name): Money(units) for name, units in figures.items()}


def reading(code, figures, before=None):
    return read(RATIOS[code], named(figures), named(before or {}))


def choices(each):
    return Choices(
        scoring=ScoringMode(each.get("scoring", "bands")),
        rounding=RatioRounding(each.get("rounding", "exact")),
    )


def places(printed):
    return len(printed.partition(".")[2])


@pytest.mark.parametrize(
    ("case", "each"),
    FIGURES,
    ids=[f"{case['id']}-{each['ratio']}-{n}" for n, (case, each) in enumerate(FIGURES)],
)
def test_a_published_figure_comes_out(case, each):
    code = each["ratio"]
    found = reading(code, case["figures"], case.get("before"))

    how = Rounding(each.get("how", "half_up"))
    printed = each["percent"]
    assert str(decimal(found.percent, places(printed), how)) == printed
    if "value" in each:
        row = score(BY_CODE[code], found, choices(each))
        assert row.value == Fraction(each["value"])
    if "points" in each:
        row = score(BY_CODE[code], found, choices(each))
        assert row.points == Fraction(each["points"])
    if "verdict" in each:
        judged = {one.pearl.ratio.code: one for one in judge_all([found])}
        assert judged[code].verdict.value == each["verdict"]
    assert case["source"]


TOTALS = {
    "2016": (["6.30", "18.25", "11.15", "6.50", "10.00", "8.50", "7.00"], "67.70"),
    "2018": (["8.40", "19.25", "11.15", "6.50", "10.00", "5.50", "7.00"], "67.80"),
}
"""KSP Mitra Sukses Lestari; management is solved from the totals."""

NAMED = {
    "80.00": "healthy",
    "79.99": "fairly_healthy",
    "69.95": "fairly_healthy",
    "67.70": "fairly_healthy",
    "66.00": "fairly_healthy",
    "51.00": "supervised",
    "50.99": "specially_supervised",
}
"""69.95 is Koperasi Tani Jasa Tirta 2015; the rest are the limits of its abstract."""


@pytest.mark.parametrize(("aspects", "total"), TOTALS.values(), ids=TOTALS)
def test_the_aspects_of_a_paper_add_up_to_its_predicate(aspects, total):
    summed = sum(map(Fraction, aspects))
    assert summed == Fraction(total)
    assert PREDICATES[PredicateSet.OF_2016].of(summed).value == "fairly_healthy"


@pytest.mark.parametrize(("total", "name"), NAMED.items())
def test_the_names_of_totals(total, name):
    assert PREDICATES[PredicateSet.OF_2016].of(Fraction(total)).value == name


def test_62_47_is_supervised_whatever_an_abstract_calls_it():
    found = PREDICATES[PredicateSet.OF_2016].of(Fraction("62.47"))
    assert found.value == "supervised"
    assert PREDICATES[PredicateSet.OF_2009].of(Fraction("62.47")).value == (
        "fairly_healthy"
    )


OF_TANI_MAKMUR = {
    "principal_shares": 3_080_000,
    "mandatory_shares": 8_885_000,
    "participating_capital": 12_500_000,
    "general_reserve": 110_640_448,
    "risk_reserve": 8_342_850,
    "undistributed_surplus": 20_942_658,
}
OWED_BY_TANI_MAKMUR = {
    "savings": 954_118_675,
    "term_deposits": 4_519_093,
    "accrued_expenses": 47_666_324,
    "borrowings": 849_025_621,
}


def parts(amounts):
    return {Part(name): Money(units) for name, units in amounts.items()}


def test_the_weighted_capital_of_tani_makmur():
    own = weigh(parts(OF_TANI_MAKMUR), OWN)
    everything = weigh(parts(OF_TANI_MAKMUR | OWED_BY_TANI_MAKMUR), WITH_LIABILITIES)

    assert sum(each.amount.units for each in own) == 164_390_956
    assert counted(own) == 143_498_202
    assert counted(everything) - counted(own) == Fraction("927664856.5")
    assert counted(everything) == Fraction("1071163058.5")


# The worked examples as they were handed over -----------------------------------

PREDICATES_ON_PAPER = {
    "healthy": "Sehat",
    "fairly_healthy": "Cukup Sehat",
    "supervised": "Dalam Pengawasan",
    "specially_supervised": "Dalam Pengawasan Khusus",
}


def on_paper(total):
    found = PREDICATES[PredicateSet.OF_2016].of(Fraction(total))
    return PREDICATES_ON_PAPER[found.value]


def plain(exact):
    """Write an exact figure without zeros that say nothing."""
    return f"{decimal(exact, 4).normalize():f}"


def member_volume(given):
    found = reading(
        "2a",
        {
            "member_loans": given["member_loan_volume"],
            "loans": given["total_loan_volume"],
        },
    )
    row = score(BY_CODE["2a"], found, Choices())
    return {
        "ratio_pct": str(decimal(found.percent, 1)),
        "value": int(row.value),
        "weight": row.scored.weight,
        "score": str(decimal(row.points, 2)),
    }


def nagara_of(year, given, asked):
    figures = {
        "weighted_capital": given["weighted_capital"],
        "weighted_assets": given["rwa"],
        "loans": given["total_loans"],
        "member_loans": given["member_loans"],
        "risk_reserve": given["risk_reserve"],
        "substandard": 0,
        "doubtful": 0,
        "loss": given["problem_loans"],
    }
    chosen = Choices(scoring=ScoringMode.THESIS, rounding=RatioRounding.WHOLE)
    rows = {
        code: score(BY_CODE[code], reading(code, figures), chosen)
        for code in ("1c", "2a", "2b", "2c")
    }
    every = {
        "car_pct": int(rows["1c"].judged),
        "car_score": plain(rows["1c"].points),
        "problem_loan_ratio_pct": str(decimal(rows["2b"].reading.percent)),
        "problem_loan_value": int(rows["2b"].value),
        "problem_loan_score": plain(rows["2b"].points),
        "reserve_ratio_pct": str(decimal(rows["2c"].reading.percent)),
        "reserve_value": int(rows["2c"].value),
        "reserve_score": plain(rows["2c"].points),
        "member_volume_ratio_pct": int(rows["2a"].judged),
        "member_volume_score": plain(rows["2a"].points),
    }
    return {name: every[name] for name in asked}


def totals_of(given):
    total = sum(map(Fraction, given.values()))
    return {"total": str(decimal(total)), "predicate": on_paper(total)}


def tani_makmur(given):
    names = {
        "principal_share": "principal_shares",
        "mandatory_share": "mandatory_shares",
        "undistributed_surplus": "undistributed_surplus",
    }
    amounts = {names.get(name, name): units for name, units in given.items()}
    everything = weigh(parts(amounts), WITH_LIABILITIES)
    own = tuple(each for each in everything if each.part in OWN.weights)
    return {
        "own_capital_nominal": sum(each.amount.units for each in own),
        "own_capital_weighted": int(counted(own)),
        "liabilities_weighted": str(decimal(counted(everything) - counted(own), 1)),
        "weighted_capital": str(decimal(counted(everything), 1)),
    }


def kkps(given):
    figures = {
        "surplus": given["surplus"],
        "assets": given["total_assets"],
        "current_assets": given["current_assets"],
        "current_liabilities": given["current_liabilities"],
    }
    return {
        "roa_pct": str(decimal(reading("roa", figures).percent)),
        "current_ratio_pct": str(decimal(reading("current", figures).percent, 0)),
    }


def savings_of_satu_hati(given):
    found = reading(
        "E5",
        {
            "savings_deposits": given["savings_deposits"],
            "assets": given["total_assets"],
        },
    )
    judged = {one.pearl.ratio.code: one for one in judge_all([found])}
    return {
        "e5_pct": str(decimal(found.percent)),
        "meets_goal": judged["E5"].verdict.value == "met",
    }


def allowance_of_bima(given, asked):
    found = reading(
        "P1",
        {
            "allowance": given["allowance"],
            "delinquent_over_12": given["delinquent_over_12m"],
        },
    )
    return {"p1_pct": str(decimal(found.percent, places(asked["p1_pct"])))}


def smadabaya(given):
    figures = {
        "assets": given["total_assets"],
        "loans": given["loans"],
        "interest_income": given["interest_income"],
        "substandard": given["problem_loans"],
        "doubtful": 0,
        "loss": 0,
    }
    before = {
        "assets": given["total_assets"] - given["asset_increase"],
        "interest_income": given["interest_income_prior"],
    }

    def cut(code):
        found = reading(code, figures, before)
        return int(decimal(found.percent, 0, Rounding.DOWN))

    return {
        "loans_to_assets_pct": cut("lent"),
        "npl_pct": cut("npl"),
        "asset_growth_pct": cut("assets"),
        "interest_growth_pct": cut("interest"),
    }


def worked(example):
    """Work an example out again, in the form in which it says what it expects."""
    given, asked = example["inputs"], example["expected"]
    match example["id"]:
        case "health-annex-member-volume":
            return member_volume(given)
        case "health-nagara-2014-2015":
            return {year: nagara_of(year, given[year], asked[year]) for year in given}
        case "health-msl-2016-2018":
            return {year: totals_of(given[year]) for year in given}
        case "health-predicates":
            return [on_paper(each["total"]) for each in given]
        case "health-tani-makmur-2010-weighted-capital":
            return tani_makmur(given)
        case "ratio-kkps-2020-2021":
            return {year: kkps(given[year]) for year in given}
        case "pearls-e5-satu-hati":
            return {year: savings_of_satu_hati(given[year]) for year in given}
        case "pearls-p1-bima-2010-2012":
            return {year: allowance_of_bima(given[year], asked[year]) for year in given}
        case "ratio-smadabaya-2010":
            return smadabaya(given)
    raise AssertionError(f"nobody works {example['id']} out")


def test_the_worked_examples_of_health_come_out_to_the_unit(real_folder):
    whole = json.loads((real_folder.parent / "worked_examples.json").read_text("utf-8"))
    kinds = {"health_score", "ratio", "pearls"}
    found = [each for each in whole["examples"] if each["category"] in kinds]
    assert len(found) == 9
    assert {each["id"]: worked(each) for each in found} == {
        each["id"]: each["expected"] for each in found
    }
