"""Printed forms of the office: small declarations and the engine that sets them."""

from deskoffice.paper.forms.api import FORMS, blank, fill, overprint, with_filing_stamp
from deskoffice.paper.forms.model import Opinion
from deskoffice.paper.forms.recovery import groups, numbered

__all__ = ["FORMS", "Opinion", "blank", "fill", "groups", "numbered", "overprint", "with_filing_stamp"]
