"""The heads and words of tables on the command line, marked for translators.

A table's heads are the names of its columns and its words are the values of
enums; ``output.show`` says both in the reader's language.
"""

from __future__ import annotations

from coopbook.i18n import N_

HEADS = (
    N_("account"),
    N_("actor"),
    N_("amount"),
    N_("available"),
    N_("balance"),
    N_("card"),
    N_("code"),
    N_("credit"),
    N_("credited"),
    N_("date"),
    N_("debit"),
    N_("deposited"),
    N_("digest"),
    N_("due on"),
    N_("file"),
    N_("full name"),
    N_("installment"),
    N_("interest"),
    N_("joined on"),
    N_("kind"),
    N_("left"),
    N_("made by"),
    N_("member number"),
    N_("memo"),
    N_("name"),
    N_("number"),
    N_("penalty"),
    N_("principal"),
    N_("product"),
    N_("request"),
    N_("roles"),
    N_("rows"),
    N_("state"),
    N_("tax"),
    N_("status"),
    N_("voucher"),
    N_("withdrawn"),
)

WORDS = (
    # who logs in
    N_("logs in"),
    N_("disabled"),
    # products
    N_("mandatory"),
    N_("voluntary"),
    # a member's standing
    N_("prospective"),
    N_("active"),
    N_("associate"),
    N_("suspended"),
    N_("resigned"),
    N_("expelled"),
    N_("deceased"),
    N_("settled"),
    # an installment
    N_("paid"),
    N_("part"),
    N_("late"),
    N_("due"),
    N_("ahead"),
)
