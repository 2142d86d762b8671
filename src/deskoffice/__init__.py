"""案头 DeskOffice: documents, seals and meetings of a county government office, on an encrypted vault."""

__version__ = "0.1.0"
