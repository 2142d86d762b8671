"""Word files as accidents and enemies leave them: bytes, parts, names and structure changed by chance."""

import io
import random
import re
import zipfile
from collections.abc import Callable

Parts = list[tuple[str, bytes]]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODD_NAMES = ("../../evil", "/etc/evil", "a\\..\\b", "C:evil", "word/", "名" * 120, "é.xml", "word/styles.XML")
ODD_TEXT = (
    b"&x;",
    b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>",
    b"<w:tbl><w:tr>",
    b"<w:p><w:r><w:t>" * 300,
    b"<w:altChunk r:id='r1'/>",
    b'<w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText>',
    b"<w:numPr><w:ilvl w:val='99999'/><w:numId w:val='-1'/></w:numPr>",
    b"<w:gridSpan w:val='4000000000'/>",
    b"\xff\xfe\x00",
    b"\x00" * 40,
    "\uffff\ud7ff\u202e".encode(),
    b"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd' parse='text'/>",
    b"<?xml-stylesheet href='http://example.invalid/x.xsl'?>",
)
ENCODINGS = ("utf-16", "gb18030", "utf-32", "latin-1", "no-such-encoding")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file after one to three accidents."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        parts = _unpacked(data)
        change = chance.choice(CHANGES)
        if parts is None or change is None:
            data = _bytes_changed(data, chance)
        else:
            data = _packed(change(parts, chance), chance)
    return data


def _unpacked(data: bytes) -> Parts | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:  # noqa: BLE001  # a file that is broken already is broken further by its bytes
        return None


def _packed(parts: Parts, chance: random.Random) -> bytes:
    out = io.BytesIO()
    way = zipfile.ZIP_LZMA if chance.random() < 0.02 else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", way, compresslevel=1) as archive:
        seen: set[str] = set()
        for name, content in parts:
            if name not in seen:
                seen.add(name)
                archive.writestr(name, content)
    return out.getvalue()


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    raw = bytearray(data or b"PK")
    for _ in range(chance.randint(1, 20)):
        raw[chance.randrange(min(2, len(raw) - 1), len(raw))] = chance.randrange(256)
    if chance.random() < 0.2:
        del raw[chance.randrange(len(raw)) :]
    if chance.random() < 0.1:
        raw += chance.randbytes(chance.randint(1, 4000))
    return bytes(raw)


def _chosen(parts: Parts, chance: random.Random) -> int:
    """Mostly the text itself."""
    main = [at for at, (name, _) in enumerate(parts) if name.endswith("document.xml")]
    return chance.choice(main) if main and chance.random() < 0.6 else chance.randrange(len(parts))


def _on_a_part(change: Callable[[bytes, random.Random], bytes]) -> Callable[[Parts, random.Random], Parts]:
    def changed(parts: Parts, chance: random.Random) -> Parts:
        if not parts:
            return parts
        at = _chosen(parts, chance)
        name, content = parts[at]
        return [*parts[:at], (name, change(content, chance)), *parts[at + 1 :]]

    return changed


def _splice(content: bytes, chance: random.Random) -> bytes:
    raw = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(raw) + 1)
        raw[at : at + chance.randint(0, 8)] = chance.randbytes(chance.randint(0, 8))
    return bytes(raw)


def _insert(content: bytes, chance: random.Random) -> bytes:
    ends = [found.end() for found in re.finditer(b">", content)] or [0]
    at = chance.choice(ends)
    return content[:at] + chance.choice(ODD_TEXT) + content[at:]


def _drop_tag(content: bytes, chance: random.Random) -> bytes:
    tags = list(re.finditer(rb"<[^<>]+>", content))
    if not tags:
        return content
    tag = chance.choice(tags)
    return content[: tag.start()] + content[tag.end() :]


def _repeat(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
    return content[:start] + content[start:end] * chance.randint(2, 40) + content[end:]


def _nest(content: bytes, chance: random.Random) -> bytes:
    deep = chance.choice((10, 200, 300, 5000))
    element = chance.choice((b"w:p", b"w:tbl", b"w:sdt", b"w:ins", b"w:r"))
    middle = len(content) // 2
    at = content.find(b">", middle) + 1
    return content[:at] + b"<%s>" % element * deep + b"</%s>" % element * deep + content[at:]


def _attribute(content: bytes, chance: random.Random) -> bytes:
    values = list(re.finditer(rb'="([^"]*)"', content))
    if not values:
        return content
    value = chance.choice(values)
    odd = chance.choice((b"", b"-1", b"99999999999999999999", b"x" * 70_000, b"&#0;", "％１".encode(), b"1.5"))
    return content[: value.start(1)] + odd + content[value.end(1) :]


def _recode(content: bytes, chance: random.Random) -> bytes:
    name = chance.choice(ENCODINGS)
    text = re.sub(r'encoding="[^"]*"', f'encoding="{name}"', content.decode("utf-8", "replace"))
    return content if name == "no-such-encoding" else text.encode(name, "replace")


def _drop_part(parts: Parts, chance: random.Random) -> Parts:
    at = chance.randrange(len(parts)) if parts else 0
    return [*parts[:at], *parts[at + 1 :]]


def _odd_part(parts: Parts, chance: random.Random) -> Parts:
    return [*parts, (chance.choice(ODD_NAMES), chance.randbytes(chance.randint(0, 200)))]


def _swap(parts: Parts, chance: random.Random) -> Parts:
    contents = [content for _, content in parts]
    chance.shuffle(contents)
    return [(name, content) for (name, _), content in zip(parts, contents, strict=True)]


def _bomb(parts: Parts, chance: random.Random) -> Parts:
    white = b" " * (70 << 20 if chance.random() < 0.03 else 1 << 20)
    return [(name, content + white if name.endswith("document.xml") else content) for name, content in parts]


CHANGES: tuple[Callable[[Parts, random.Random], Parts] | None, ...] = (
    *(None,) * 3,
    _on_a_part(_splice),
    *(
        _on_a_part(change)
        for change in (_insert, _insert, _drop_tag, _repeat, _nest, _attribute, _attribute, _attribute, _recode)
    ),
    _drop_part,
    _odd_part,
    _swap,
    _bomb,
)
