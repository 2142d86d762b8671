"""Every module with records, imported once so that the declared schema is whole."""

from deskoffice.storage import matters, people, series, settings
from deskoffice.storage.circulation import incoming
from deskoffice.vault import tables

MODULES = (tables, people, settings, series, matters, incoming)
