"""Every module with records, imported once so that the declared schema is whole."""

from deskoffice.storage import (
    copies,
    imports,
    matters,
    meeting_plan,
    meeting_running,
    meeting_topics,
    meetings,
    moves,
    notes,
    people,
    quality,
    seal_inventory,
    seals,
    series,
    settings,
    standing_in,
    supervision,
)
from deskoffice.storage.circulation import incoming, outgoing
from deskoffice.vault import tables

MODULES = (
    tables,
    people,
    settings,
    series,
    matters,
    moves,
    standing_in,
    incoming,
    outgoing,
    seal_inventory,
    seals,
    supervision,
    meetings,
    meeting_topics,
    meeting_running,
    meeting_plan,
    notes,
    copies,
    quality,
    imports,
)
