"""Scans through the limited child process: real pages, turned, stamped, pale; and files that mean harm."""

import io
import os
import struct
import zlib
from collections.abc import Mapping

import pytest
from pdf417gen import encode, render_image
from PIL import Image
from scans import Scanner, printed, scanned

from deskoffice.domain.circulation.scanned_page import Line, Page
from deskoffice.domain.errors import PaperError
from deskoffice.paper import scan_in
from deskoffice.usecases import scanning

META: dict[str, object] = {
    "kind": "通知",
    "issuer": "清河县人民政府办公室",
    "issuer_mark": "清河县人民政府办公室文件",
    "document_number": "清政办发〔2026〕7号",
    "title": "清河县人民政府办公室关于切实做好2026年防汛抗旱工作的通知",
    "addressee": "各乡镇人民政府，县政府各部门、各直属机构",
    "date": "2026-03-05",
}
SECRET = {"classification": "机密", "secrecy_years": 20, "copy_number": "000123", "urgency": "特急"}
CODE = "GB0626-2005^Q7^清河县人民政府办公室^通知^清政办发(2026)7号^无^条码里的标题^无^无^20260305^^信息中心^20260305^|"


def wrong(meta: Mapping[str, object], found: Mapping[str, str | None]) -> dict[str, str | None]:
    """Fields that are not as printed."""
    names = meta["issuer"]
    issuer = "、".join(names) if isinstance(names, list) else names
    expected = {name: str(meta.get(name) or "") for name in scanning.FIELDS} | {"issuer": issuer}
    expected["title"] = expected["title"].replace("\n", "").replace(" ", "")
    return {name: found[name] for name in scanning.FIELDS if (found[name] or "") != expected[name]}


def with_barcode(page: bytes) -> bytes:
    """The page with the document's barcode in GBK at its foot."""
    picture = Image.open(io.BytesIO(page)).convert("RGB")
    code = render_image(encode(CODE, columns=10, security_level=4, encoding="gb18030"), scale=2, ratio=3)
    picture.paste(code.convert("RGB"), (picture.width // 2, picture.height - code.height - 100))
    out = io.BytesIO()
    picture.rotate(180).save(out, "JPEG", quality=85)
    return out.getvalue()


def test_a_stamped_page_with_a_barcode_is_read_upside_down():
    page = scanned(printed({**META, **SECRET}, seal=True), Scanner(dpi=150, angle=0.7, noise=6))
    found = scanning.scan(with_barcode(page))
    assert found.barcode is not None
    assert found.values["title"] == "条码里的标题"
    assert wrong({**META, **SECRET, "title": "条码里的标题"}, found.values) == {}
    assert "防汛抗旱" in found.text
    assert {place.field for place in found.places} == set(scanning.FIELDS)
    assert found.json()["fields"]["secrecy_years"] == 20


def bomb() -> bytes:
    """A picture of 60,000 by 60,000 points in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def cut_short() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((800, 1100), 60).save(out, "JPEG")
    return out.getvalue()[:5000]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "paper_empty"),
        (b"GIF89a not a scan", "scan_unreadable"),
        (b"%PDF-1.7\nnothing", "scan_unreadable"),
        (cut_short(), "scan_unreadable"),
        (bomb(), "scan_too_costly"),
    ],
    ids=["empty", "no picture", "broken PDF", "cut short", "bomb"],
)
def test_a_file_that_cannot_be_read_is_refused_with_one_reason(data, code):
    with pytest.raises(PaperError) as refused:
        scanning.scan(data)
    assert refused.value.code == code


def test_what_was_read_before_the_time_ran_out_stands(monkeypatch):
    line = Line("请各单位抓好落实", (1.0,) * 8, 100, 300, 800, 340)

    def slow(data, most, started):
        del data, most, started
        for _ in range(2):
            yield scan_in.ReadPage(Page(1000, 1400, (line,)), (), b"", 40)
        raise PaperError("scan_too_costly")

    monkeypatch.setattr(scan_in, "read_pages", slow)
    found = scanning.scan(b"forty pages")
    assert found.text == "请各单位抓好落实\n请各单位抓好落实"
    stopped = scanning.Reading(b"forty pages")
    stopped.stop()
    with pytest.raises(PaperError):
        stopped.run()


CITY = {
    "issuer": "东江市自然资源和规划局",
    "issuer_mark": "东江市自然资源和规划局文件",
    "document_number": "东自然资规发〔2025〕118号",
    "title": "东江市自然资源和规划局关于进一步加强全市永久基本农田保护和耕地进出平衡管理有关工作事项的通知",
    "addressee": "各县（市、区）自然资源局，市局机关各科室、直属各单位",
    "date": "2025-12-31",
}
UPWARD = {
    "layout": "upward",
    "kind": "请示",
    "issuer": "河东县人民政府",
    "issuer_mark": "河东县人民政府文件",
    "document_number": "河政〔2026〕33号",
    "title": "河东县人民政府关于申请解决城区防洪排涝工程建设资金的请示",
    "addressee": "东江市人民政府",
    "signer": "王建国",
    "date": "2026-06-18",
}
LETTER = {
    "layout": "letter",
    "kind": "函",
    "issuer": "东江市财政局",
    "issuer_mark": "东江市财政局",
    "document_number": "东财函〔2026〕9号",
    "title": "东江市财政局关于商请提供预算执行数据的函",
    "addressee": "河东县人民政府",
}
JOINT = {
    "issuer": ["东江市教育局", "东江市财政局"],
    "issuer_mark": ["东江市教育局", "东江市财政局"],
    "document_number": "东教发〔2026〕15号",
    "title": "东江市教育局 东江市财政局关于下达2026年义务教育薄弱环节改善与能力提升补助资金的通知",
    "addressee": "各县（区）教育局、财政局",
}
FULL_LINE = {
    "issuer": "河西县人民政府办公室",
    "issuer_mark": "河西县人民政府办公室文件",
    "document_number": "西政办发〔2025〕108号",
    "title": "河西县人民政府办公室关于印发河西县全民健身实施计划（2026—2030年）的通知",
    "addressee": "各乡镇人民政府、街道办事处，县政府各部门、各直属机构",
    "date": "2025-11-06",
}
PAGES = {
    "addressee as wide as the text": (FULL_LINE, Scanner(), False),
    "plain": ({}, Scanner(), False),
    "150 dpi": (SECRET, Scanner(dpi=150, angle=0.7, noise=8), False),
    "300 dpi": ({**CITY, **SECRET}, Scanner(dpi=300, angle=-1.2, noise=6, blur=1), False),
    "upward, stamped": (UPWARD, Scanner(angle=1.5, noise=10), True),
    "letter": ({**LETTER, **SECRET}, Scanner(angle=-0.6, ground=225, noise=6), False),
    "joint": (JOINT, Scanner(noise=6), False),
    "pale": (SECRET, Scanner(ink=170, ground=250, noise=4), False),
    "very pale": (SECRET, Scanner(ink=235, ground=250, noise=5), False),
    "grey paper": (SECRET, Scanner(ink=40, ground=180, noise=10, angle=2.5), False),
    "stamped, in grey": ({}, Scanner(is_grey=True, noise=5, angle=-0.5), True),
    "stamped, 150 dpi": ({}, Scanner(dpi=150, angle=0.5), True),
    "on its left": ({}, Scanner(quarter_turns=1, angle=0.5), False),
    "upside down": (SECRET, Scanner(quarter_turns=2), False),
    "on its right": ({}, Scanner(quarter_turns=3), False),
    "eight degrees": (SECRET, Scanner(angle=8, noise=5), False),
    "noisy, 100 dpi": (SECRET, Scanner(dpi=100, noise=40, angle=3), False),
}


def test_two_lines_on_a_white_page_are_read():
    draft = scanned(printed({"title": "关于自检的通知"}, text="本机可以成文。"), Scanner())
    assert "本机可以成文" in scanning.scan(draft).text


@pytest.mark.skipif(not os.environ.get("DESKOFFICE_SOAK"), reason="minutes of reading: DESKOFFICE_SOAK=1")
@pytest.mark.parametrize("name", PAGES)
def test_eight_of_nine_fields_are_right(name):
    changes, scanner, is_stamped = PAGES[name]
    meta = {**META, **changes}
    found = scanning.scan(scanned(printed(meta, seal=is_stamped), scanner))
    assert len(wrong(meta, found.values)) <= 1


@pytest.mark.skipif(not os.environ.get("DESKOFFICE_SOAK"), reason="minutes of reading: DESKOFFICE_SOAK=1")
@pytest.mark.parametrize("blur", [2.2, 3.5])
def test_what_a_blurred_page_does_not_show_is_not_guessed(blur):
    found = scanning.scan(scanned(printed({**META, **SECRET}), Scanner(dpi=100, blur=blur)))
    assert {value for value in wrong({**META, **SECRET}, found.values).values() if value is not None} == set()
