"""Education, social and development fund: for whom their money was used."""

from coopbook.funds.model import FundUse
from coopbook.funds.rules import (
    KIND_NAMES,
    USES,
    BeneficiaryNeeded,
    FundTooSmall,
    FundUseKind,
    MemberNeeded,
    NotDeceased,
    ReliefTwice,
    fund_of,
)
from coopbook.funds.service import (
    FUNDS,
    PAID_FROM,
    FundReport,
    Used,
    fund_reports,
    least_from,
    use_fund,
    uses,
)

__all__ = [
    "FUNDS",
    "KIND_NAMES",
    "PAID_FROM",
    "USES",
    "BeneficiaryNeeded",
    "FundReport",
    "FundTooSmall",
    "FundUse",
    "FundUseKind",
    "MemberNeeded",
    "NotDeceased",
    "ReliefTwice",
    "Used",
    "fund_of",
    "fund_reports",
    "least_from",
    "use_fund",
    "uses",
]
