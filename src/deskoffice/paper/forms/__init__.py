"""Printed forms of the office: small declarations and the engine that sets them."""

from deskoffice.paper.forms.api import FORMS, blank, fill, overprint, with_filing_stamp
from deskoffice.paper.forms.model import Opinion

__all__ = ["FORMS", "Opinion", "blank", "fill", "overprint", "with_filing_stamp"]
