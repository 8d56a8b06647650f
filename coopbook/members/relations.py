"""Words of a family: who is whose, and which kin makes a related party."""

from __future__ import annotations

from enum import StrEnum

from coopbook.i18n import N_


class Relation(StrEnum):
    """What somebody is to a member."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    SIBLING_IN_LAW = "sibling_in_law"
    OTHER = "other"


RELATION_NAMES = {
    Relation.SPOUSE: N_("Husband or wife"),
    Relation.PARENT: N_("Father or mother"),
    Relation.CHILD: N_("Son or daughter"),
    Relation.SIBLING: N_("Brother or sister"),
    Relation.GRANDPARENT: N_("Grandparent"),
    Relation.GRANDCHILD: N_("Grandchild"),
    Relation.PARENT_IN_LAW: N_("Parent-in-law"),
    Relation.CHILD_IN_LAW: N_("Son- or daughter-in-law"),
    Relation.SIBLING_IN_LAW: N_("Brother- or sister-in-law"),
    Relation.OTHER: N_("Other relation"),
}

OPPOSITE = {
    Relation.PARENT: Relation.CHILD,
    Relation.CHILD: Relation.PARENT,
    Relation.GRANDPARENT: Relation.GRANDCHILD,
    Relation.GRANDCHILD: Relation.GRANDPARENT,
    Relation.PARENT_IN_LAW: Relation.CHILD_IN_LAW,
    Relation.CHILD_IN_LAW: Relation.PARENT_IN_LAW,
}
"""What the member is to the other; where nothing stands here, the same."""

RELATED = frozenset(Relation) - {Relation.OTHER}
"""The kin, to the second degree, that makes a related party of an officer's.

Source: the usual bank definition of family to the second degree, by blood and
marriage [general knowledge]; Permenkop 8/2023 names board and supervisors [secondary].
"""


def opposite(relation: Relation) -> Relation:
    """Return what the member is to the other.

    >>> opposite(Relation.PARENT).value, opposite(Relation.SPOUSE).value
    ('child', 'spouse')
    """
    return OPPOSITE.get(relation, relation)
