"""Every module with records, imported once so that the declared schema is whole."""

from deskoffice.storage import matters, meetings, notes, people, seal_inventory, seals, series, settings, supervision
from deskoffice.storage.circulation import incoming, outgoing
from deskoffice.vault import tables

MODULES = (
    tables,
    people,
    settings,
    series,
    matters,
    incoming,
    outgoing,
    seal_inventory,
    seals,
    supervision,
    meetings,
    notes,
)
