"""Order, occurrence, types and lengths of a Standard Audit File, written down as data.

Own words of the OECD's description (version 2.00): each element's children in their
order, how often each may stand, and what its text may be.  It knows nothing of the
program that writes the file.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date

NAMESPACE = "{urn:OECD:StandardAuditFile-Taxation/2.00}"
MONEY = re.compile(r"\d{1,16}\.\d\d")
TEXT = {"code": 9, "short": 18, "middle1": 35, "middle2": 70, "long": 256}

ONE, MAYBE, MANY, SOME = (1, 1), (0, 1), (0, None), (1, None)
EITHER = "|"
"""Two names with this between them: exactly one of both."""

CONTENT = {
    "AuditFile": [
        ("Header", ONE),
        ("MasterFiles", MAYBE),
        ("GeneralLedgerEntries", MAYBE),
        ("SourceDocuments", MAYBE),
    ],
    "Header": [
        ("AuditFileVersion", ONE),
        ("AuditFileCountry", ONE),
        ("AuditFileRegion", MAYBE),
        ("AuditFileDateCreated", ONE),
        ("SoftwareCompanyName", ONE),
        ("SoftwareID", ONE),
        ("SoftwareVersion", ONE),
        ("Company", ONE),
        ("DefaultCurrencyCode", ONE),
        ("SelectionCriteria", MAYBE),
        ("HeaderComment", MAYBE),
        ("TaxAccountingBasis", ONE),
    ],
    "Company": [
        ("RegistrationNumber", ONE),
        ("Name", ONE),
        ("Address", MANY),
        ("Contact", SOME),
    ],
    "Address": [("Country", ONE)],
    "Contact": [("ContactPerson", ONE)],
    "ContactPerson": [("FirstName", ONE), ("LastName", ONE)],
    "SelectionCriteria": [("SelectionStartDate", ONE), ("SelectionEndDate", ONE)],
    "MasterFiles": [("GeneralLedgerAccounts", MAYBE), ("Customers", MAYBE)],
    "GeneralLedgerAccounts": [("Account", SOME)],
    "Account": [
        ("AccountID", ONE),
        ("AccountDescription", ONE),
        ("GroupingCategory", ONE),
        ("GroupingCode", ONE),
        ("AccountType", ONE),
        ("AccountCreationDate", MAYBE),
        ("OpeningDebitBalance|OpeningCreditBalance", ONE),
        ("ClosingDebitBalance|ClosingCreditBalance", ONE),
    ],
    "Customers": [("Customer", SOME)],
    "Customer": [("Name", ONE), ("Address", SOME), ("CustomerID", ONE)],
    "GeneralLedgerEntries": [
        ("NumberOfEntries", ONE),
        ("TotalDebit", ONE),
        ("TotalCredit", ONE),
        ("Journal", MANY),
    ],
    "Journal": [
        ("JournalID", ONE),
        ("Description", ONE),
        ("Type", ONE),
        ("Transaction", MANY),
    ],
    "Transaction": [
        ("TransactionID", ONE),
        ("Period", ONE),
        ("PeriodYear", ONE),
        ("TransactionDate", ONE),
        ("SourceID", MAYBE),
        ("Description", ONE),
        ("BatchID", MAYBE),
        ("SystemEntryDate", ONE),
        ("GLPostingDate", ONE),
        ("ModificationDate", MAYBE),
        ("CustomerID", MAYBE),
        ("Line", SOME),
    ],
    "Line": [
        ("RecordID", ONE),
        ("AccountID", ONE),
        ("ValueDate", MAYBE),
        ("SourceDocumentID", MAYBE),
        ("CustomerID", MAYBE),
        ("Description", ONE),
        ("DebitAmount|CreditAmount", ONE),
    ],
    "DebitAmount": [("Amount", ONE), ("CurrencyCode", MAYBE)],
    "CreditAmount": [("Amount", ONE), ("CurrencyCode", MAYBE)],
}
TYPES = {
    "AuditFileVersion": "code",
    "AuditFileCountry": "code",
    "AuditFileDateCreated": "date",
    "SoftwareCompanyName": "long",
    "SoftwareID": "long",
    "SoftwareVersion": "short",
    "RegistrationNumber": "middle1",
    "Name": "long",
    "Country": "code",
    "FirstName": "middle1",
    "LastName": "middle2",
    "DefaultCurrencyCode": "code",
    "SelectionStartDate": "date",
    "SelectionEndDate": "date",
    "HeaderComment": "long",
    "TaxAccountingBasis": "short",
    "AccountID": "middle2",
    "AccountDescription": "long",
    "GroupingCategory": "middle1",
    "GroupingCode": "short",
    "AccountType": "short",
    "OpeningDebitBalance": "money",
    "OpeningCreditBalance": "money",
    "ClosingDebitBalance": "money",
    "ClosingCreditBalance": "money",
    "CustomerID": "middle1",
    "NumberOfEntries": "count",
    "TotalDebit": "money",
    "TotalCredit": "money",
    "JournalID": "short",
    "Description": "long",
    "Type": "code",
    "TransactionID": "middle2",
    "Period": "count",
    "PeriodYear": "count",
    "TransactionDate": "date",
    "SourceID": "middle1",
    "BatchID": "middle1",
    "SystemEntryDate": "date",
    "GLPostingDate": "date",
    "RecordID": "short",
    "ValueDate": "date",
    "Amount": "money",
}


def faults(data: bytes) -> list[str]:
    """Return what in a file is against the form, by element."""
    root = ET.fromstring(data)
    found: list[str] = []
    _element(root, "AuditFile", found)
    return found


def _element(node: ET.Element, name: str, found: list[str]) -> None:
    if node.tag != NAMESPACE + name:
        found.append(f"{node.tag} stands where {name} has to")
        return
    children = [child.tag.removeprefix(NAMESPACE) for child in node]
    if name not in CONTENT:
        if children:
            found.append(f"{name} holds {children[0]}")
        _text(name, node.text or "", found)
        return
    left = list(node)
    for names, (least, most) in CONTENT[name]:
        count = 0
        while left and left[0].tag.removeprefix(NAMESPACE) in names.split(EITHER):
            child = left.pop(0)
            count += 1
            _element(child, child.tag.removeprefix(NAMESPACE), found)
        if count < least or (most is not None and count > most):
            found.append(f"{name} has {names} {count} times")
    if left:
        found.append(f"{name} has {left[0].tag} out of order")


def _text(name: str, words: str, found: list[str]) -> None:
    kind = TYPES.get(name)
    if kind is None:
        found.append(f"{name} is not an element of the form")
    elif kind == "money":
        if not MONEY.fullmatch(words):
            found.append(f"{name}: {words!r} is not money")
    elif kind == "count":
        if not (words.isascii() and words.isdigit()):
            found.append(f"{name}: {words!r} is not a whole number")
    elif kind == "date":
        try:
            date.fromisoformat(words)
        except ValueError:
            found.append(f"{name}: {words!r} is not a date")
    elif not 0 < len(words) <= TEXT[kind]:
        found.append(f"{name}: {len(words)} characters, at most {TEXT[kind]}")
