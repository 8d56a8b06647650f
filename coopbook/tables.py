"""Imports every model, so that the metadata is whole."""

import coopbook.appraisal
import coopbook.archive.model
import coopbook.assets
import coopbook.baddebts
import coopbook.baddebts.daily
import coopbook.bankstatements
import coopbook.book.model
import coopbook.budgets
import coopbook.cashcounts
import coopbook.chain.model
import coopbook.chain.recording
import coopbook.checkpoints
import coopbook.collecting
import coopbook.cooperatives.model
import coopbook.corrections
import coopbook.cutover
import coopbook.decisions.model
import coopbook.deposits
import coopbook.dunning
import coopbook.funds
import coopbook.goods
import coopbook.groups
import coopbook.health.model
import coopbook.importing.model
import coopbook.ledger
import coopbook.loans
import coopbook.meetings.model
import coopbook.members
import coopbook.migrants
import coopbook.orders
import coopbook.people
import coopbook.proxies.model
import coopbook.rounds
import coopbook.savings
import coopbook.security
import coopbook.settlement
import coopbook.statements.model
import coopbook.surplus
import coopbook.yearend.model  # noqa: F401 - imported for what they declare
from coopbook.db.base import Base

metadata = Base.metadata
table_names = tuple(sorted(metadata.tables))
