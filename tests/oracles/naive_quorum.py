"""Quorum and votes counted head by head, without fractions; never imports coopbook."""


def enough(part, whole, top, bottom, passed):
    """Say whether so many of a whole are a share of it, top over bottom."""
    if whole == 0:
        return False
    heads, bar = 0, 0
    for _ in range(bottom):
        heads += part
    for _ in range(top):
        bar += whole
    return heads > bar if passed else heads >= bar


def needed(whole, top, bottom, passed):
    """Count heads from one on until there are enough; nobody decides nothing."""
    heads = 1
    while whole and not enough(heads, whole, top, bottom, passed):
        heads += 1
    return heads


def carried(papers, present, top, bottom, passed, of_present):
    """Open the votes one by one: ``for``, ``against``, ``abstain`` or ``blank``."""
    agreed = weighed = 0
    for paper in papers:
        if paper == "for":
            agreed += 1
        if paper in ("for", "against"):
            weighed += 1
    return enough(agreed, present if of_present else weighed, top, bottom, passed)
