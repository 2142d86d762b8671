"""归档: a year's closed matters as a folder of PDFs with catalogue and checksums, readable without this program."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from deskoffice.domain.errors import EnvironmentFailure, RuleError
from deskoffice.domain.matters import ContentRole, ListQuery, MatterKind, MatterRow, SortKey, State
from deskoffice.domain.people import Role
from deskoffice.domain.values import LEVEL_WORDS, Classification, secrecy_mark
from deskoffice.paper.ledger import Column, ledger
from deskoffice.paper.xlsx import workbook
from deskoffice.usecases import attachments, ledgers, matters, previews, print_ledger, settings
from deskoffice.usecases.archive_papers import papers_of
from deskoffice.usecases.office import Office

CATALOGUE_COLUMNS = (
    Column("件号", 12.0),
    Column("责任者", 40.0),
    Column("文号", 38.0),
    Column("题名", 100.0),
    Column("日期", 22.0),
    Column("密级", 22.0),
    Column("页数", 14.0),
    Column("备注", 30.0),
)
"""归档文件目录, DA/T 22-2015 clause 5.4."""


@dataclass(frozen=True, slots=True)
class ArchiveResult:
    """What was written."""

    folder: Path
    items: int
    files: int
    code: str


def export_year(
    office: Office, out: Path, year: int, progress: Callable[[int, int], bool] | None = None
) -> ArchiveResult:
    """Write the closed matters of a year that this account may read; a stopped or failed run leaves nothing behind."""
    office.require(Role.ARCHIVIST, Role.CONFIDENTIAL_CLERK)
    if out.exists() and any(out.iterdir()):
        raise RuleError("archive_folder_not_empty")
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        return _write(office, out, year, progress)
    except OSError as error:
        _clear(out, with_folder=made)
        raise EnvironmentFailure("archive_not_written", reason=error.strerror or "") from error
    except BaseException:
        _clear(out, with_folder=made)
        raise


def _clear(out: Path, *, with_folder: bool) -> None:
    for entry in out.glob("*"):
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    if with_folder:
        out.rmdir()


def _write(office: Office, out: Path, year: int, progress: Callable[[int, int], bool] | None) -> ArchiveResult:
    found = list(_closed(office, year))
    catalogue: list[list[str]] = []
    for item, row in enumerate(found, start=1):
        if progress is not None and not progress(item - 1, len(found)):
            raise RuleError("stopped")
        pages = _write_item(office, out, item, row)
        catalogue.append(_line(item, row, pages))
    _write_catalogue(office, out, year, catalogue, max((row.level for row in found), default=Classification.PUBLIC))
    files = _write_checksums(out)
    with office.act() as act:
        act.record_other("archive.year.exported", year=year, items=len(found), files=files)
        code = print_ledger.enter_folder(act, "年度归档")
    return ArchiveResult(out, len(found), files, code)


def _closed(office: Office, year: int) -> Iterator[MatterRow]:
    query = ListQuery(
        kinds=frozenset(MatterKind),
        states=frozenset({State.CLOSED, State.ARCHIVED}),
        year=year,
        sort=SortKey.CREATED,
        descending=False,
    )
    return ledgers.rows(office, query)


def _write_item(office: Office, out: Path, item: int, row: MatterRow) -> int:
    """One folder an item: its generated papers, then its contents as they came."""
    folder = out / f"{item:04d}"
    folder.mkdir()
    pages = 0
    for name, data in [*papers_of(office, row), *_contents(office, row)]:
        (folder / name).write_bytes(data)
        if name.endswith(".pdf"):
            pages += previews.page_count(data)
    return pages


def _contents(office: Office, row: MatterRow) -> Iterator[tuple[str, bytes]]:
    with office.read() as session:
        rows = matters.content_rows(office, session, row.id)
    kept = (ContentRole.ATTACHMENT, ContentRole.SCAN, ContentRole.SIGNED_PDF)
    for number, content in enumerate((c for c in rows if c.role in kept), start=1):
        suffix = next((s for s, media in attachments.MEDIA_TYPES.items() if media == content.media_type), ".bin")
        data = attachments.open_content(office, row.id, content.content_id).data
        yield f"{content.role.value}_{number:02d}{suffix}", data


def _line(item: int, row: MatterRow, pages: int) -> list[str]:
    return [
        str(item),
        row.unit,
        row.document_number or row.number,
        row.title,
        row.created_on.strftime("%Y%m%d"),
        secrecy_mark(row.level, row.secrecy_years),
        str(pages),
        "",
    ]


def _write_catalogue(office: Office, out: Path, year: int, lines: list[list[str]], level: Classification) -> None:
    names = settings.read_settings(office)
    mark = LEVEL_WORDS[level] if level > Classification.PUBLIC else ""
    book = ledger(
        "归档文件目录",
        CATALOGUE_COLUMNS,
        lines,
        office=names.office_name,
        year=year,
        level_mark=mark,
        made_at=office.now(),
    )
    (out / "目录.pdf").write_bytes(book)
    headers = [column.header for column in CATALOGUE_COLUMNS]
    sheet = workbook("归档文件目录", headers, lines, level_mark=mark, sheet=str(year))
    (out / "目录.xlsx").write_bytes(sheet)


def _write_checksums(out: Path) -> int:
    """`SHA256SUMS` as the usual tool writes it, so that any machine can check the folder."""
    files = sorted(path for path in out.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(out).as_posix()}" for path in files]
    (out / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(files)
