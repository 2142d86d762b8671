"""Pages a second of the typesetter against LibreOffice on the same text: how many times as many."""

import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from deskoffice.paper.documents import document_from_meta, read_body, to_docx, typeset
from deskoffice.paper.model import OfficialDocument
from deskoffice.paper.preview import page_count

LEAST = 20.0
AT = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
META: dict[str, object] = {
    "issuer": "清河县人民政府办公室",
    "issuer_mark": "清河县人民政府办公室文件",
    "document_number": "清政办发〔2026〕7号",
    "title": "清河县人民政府办公室关于切实做好2026年防汛抗旱工作的通知",
    "addressee": "各乡镇人民政府，县政府各部门、各直属机构",
    "date": "2026-03-05",
    "print_office": "清河县人民政府办公室",
}
PARAGRAPH = (
    "各乡镇人民政府要进一步压实防汛抗旱责任，强化巡查值守和隐患排查整治，确保人民群众生命财产安全；对全县12座小型水库、"
    "86.5公里堤防、23处山洪灾害危险区开展拉网式排查，做到“一村一案”“一户一策”，排查率达到100%，整改完成率98.4%。"
)


def run() -> list[tuple[str, float, float]]:
    """Name, ratio and bound of a short, a middling and a long document."""
    return [
        (f"排版 {name}：一页所用的时间是 LibreOffice 的几分之几", 1 / _ratio(_notice(paragraphs)), 1 / LEAST)
        for name, paragraphs in (("短文", 3), ("六页", 22), ("十页", 40))
    ]


def _notice(paragraphs: int) -> OfficialDocument:
    return document_from_meta(read_body("draft.txt", "\n".join([PARAGRAPH] * paragraphs).encode()), META)


def _ratio(document: OfficialDocument) -> float:
    pdf = typeset(document, clock_time=AT).pdf
    ours = page_count(pdf) / _best(lambda: typeset(document, clock_time=AT), times=5)
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder, "draft.docx")
        word.write_bytes(to_docx(document))
        # The first start makes the profile and is not counted.
        _convert(word)
        seconds = _best(lambda: _convert(word), times=2)
        return ours / (page_count(word.with_suffix(".pdf").read_bytes()) / seconds)


def _convert(word: Path) -> None:
    profile = f"-env:UserInstallation={word.parent.joinpath('profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(word.parent), str(word)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def _best(work: Callable[[], object], *, times: int) -> float:
    """The least of several measurements: whatever else the machine does only adds."""
    seconds = []
    for _ in range(times):
        begun = perf_counter()
        work()
        seconds.append(perf_counter() - begun)
    return min(seconds)
