"""What a scanned page says of itself: the document's barcode first, then the page, to be confirmed by a person."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

from deskoffice.domain.circulation import document_barcode, scanned_page
from deskoffice.domain.circulation.document_barcode import DocumentBarcode
from deskoffice.domain.circulation.scanned_page import Found, Page, PageFields
from deskoffice.domain.errors import EnvironmentFailure, PaperError
from deskoffice.paper import scan_in

MOST_PAGES = 60
"""Two minutes of reading; the text of further pages is not searched."""
FROM_BARCODE = ("issuer", "document_number", "title", "addressee", "classification", "urgency", "date")
FIELDS = tuple(one.name for one in fields(PageFields))


Values = Mapping[str, str | None]
"""The nine fields by name; None is what is not there, or not sure."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the first page a field was read, as parts of its width and height."""

    field: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Scanned:
    """A read scan: fields by name (None: not there, or not sure), where each stands, and the words of its pages."""

    barcode: DocumentBarcode | None
    values: Values
    places: tuple[Place, ...]
    text: str
    picture: bytes
    pages: int

    def json(self) -> dict[str, object]:
        """As the command line prints it (design.md section 6)."""
        years = self.values["secrecy_years"]
        return {
            "barcode": asdict(self.barcode) if self.barcode else None,
            "fields": {**self.values, "secrecy_years": int(years) if years else None},
            "text": self.text,
        }

    @property
    def day(self) -> date | None:
        """成文日期 as a date."""
        written = self.values["date"]
        return date.fromisoformat(written) if written else None


def scan_file(path: Path) -> Scanned:
    """Read a file of this machine, its first page and, for the signature, the others."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EnvironmentFailure("file_not_read", name=path.name) from error
    return scan(data)


def scan(data: bytes) -> Scanned:
    """Read a picture or PDF."""
    return Reading(data).run()


class Reading:
    """The reading of one scan, which may take seconds; it can be stopped from another thread."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._kill: Callable[[], None] | None = None
        self._is_stopped = False

    def run(self) -> Scanned:
        """What the scan says of itself; PaperError when it cannot be read, or was stopped."""
        pages: list[scan_in.ReadPage] = []
        try:
            for page in scan_in.read_pages(self._data, MOST_PAGES, self._started):
                pages.append(page)  # noqa: PERF402  # what was read before a failure is kept
        except PaperError:
            # A slow machine does not come to the last pages in its time; what the first ones say stands.
            if self._is_stopped or not pages:
                raise
        return _scanned(pages)

    def _started(self, kill: Callable[[], None]) -> None:
        self._kill = kill
        if self._is_stopped:
            kill()

    def stop(self) -> None:
        """End the reading now."""
        self._is_stopped = True
        if self._kill is not None:
            self._kill()


def from_gun(text: str) -> Values | None:
    """The fields that a barcode gun typed; None when it was no document's barcode."""
    barcode = document_barcode.parse(text)
    return _barcode_values(barcode) if barcode else None


def _scanned(pages: list[scan_in.ReadPage]) -> Scanned:
    first = pages[0]
    found = _with_late_date(scanned_page.fields(first.page), [one.page for one in pages[1:]])
    values = {name: getattr(found, name).value for name in FIELDS}
    coded = next((code for page in pages for one in page.barcodes if (code := document_barcode.from_bytes(one))), None)
    if coded is not None:
        values |= {name: value for name, value in _barcode_values(coded).items() if value}
    return Scanned(
        barcode=coded,
        values=values,
        places=tuple(_places(first.page, found)),
        text="\n".join(one.page.text for one in pages),
        picture=first.picture,
        pages=first.total,
    )


def _with_late_date(found: PageFields, later: list[Page]) -> PageFields:
    """A document of several pages is signed on its last."""
    dates = [dated for page in later if (dated := scanned_page.date_of(page)).value]
    if found.date.value or not dates:
        return found
    values = {name: getattr(found, name) for name in FIELDS}
    return PageFields(**{**values, "date": Found(dates[-1].value)})


def _barcode_values(barcode: DocumentBarcode) -> dict[str, str | None]:
    values: dict[str, str | None] = dict.fromkeys(FIELDS)
    values |= {name: getattr(barcode, name) for name in FROM_BARCODE}
    mark = scanned_page.LEVEL.match(barcode.classification or "")
    values["classification"] = mark.group(1) if mark else None
    values["secrecy_years"] = mark.group(2) if mark else None
    urgent = scanned_page.URGENT.match(barcode.urgency or "")
    values["urgency"] = urgent.group(1) if urgent else None
    return values


def _places(page: Page, found: PageFields) -> list[Place]:
    return [
        Place(name, line.left / page.width, line.top / page.height, line.right / page.width, line.bottom / page.height)
        for name in FIELDS
        if getattr(found, name).value
        for line in getattr(found, name).lines
    ]
