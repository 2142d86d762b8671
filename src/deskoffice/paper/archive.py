"""Finishes a PDF for the archive: PDF/A-2u (3u with attached data, 1b on request), metadata, outline, fixed bytes."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from deskoffice.paper.fonts import BUNDLED

PRODUCER = "DeskOffice"
NAMESPACE = "urn:deskoffice:archive:1.0#"


class Flavour(Enum):
    """Part and conformance of PDF/A."""

    A1B = (1, "B", "1.4")
    A2U = (2, "U", "1.7")
    A3U = (3, "U", "1.7")


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """Data that travels inside the PDF (part 3 only); the name is plain ASCII."""

    name: str
    data: bytes
    media_type: str
    description: str


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline: page counts from 0, level from 1."""

    title: str
    page: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class Description:
    """What the file says of itself; `at` is an aware moment, `properties` go into the XMP packet."""

    title: str
    author: str
    at: datetime
    properties: Mapping[str, str]


def finish(
    data: bytes,
    description: Description,
    *,
    headings: Sequence[Heading] = (),
    attached: Sequence[AttachedFile] = (),
    flavour: Flavour | None = None,
) -> bytes:
    """The same pages as an archival file; the same arguments give the same bytes."""
    chosen = flavour or (Flavour.A3U if attached else Flavour.A2U)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _set_catalogue(pdf)
        _set_outline(pdf, headings)
        _attach(pdf, attached, description.at)
        _set_information(pdf, description)
        packet = pdf.make_stream(_packet(description, chosen).encode())
        packet.Type, packet.Subtype = Name.Metadata, Name.XML
        pdf.Root.Metadata = pdf.make_indirect(packet)
        return _save(pdf, chosen)


def _save(pdf: pikepdf.Pdf, flavour: Flavour) -> bytes:
    version = flavour.value[2]
    streams = pikepdf.ObjectStreamMode
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=streams.disable if flavour is Flavour.A1B else streams.generate,
        min_version=version,
        force_version=version,
    )
    return out.getvalue()


def _set_catalogue(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    for key in ("/OpenAction", "/AA", "/PageMode"):
        if key in root:
            del root[key]
    root.Lang = String("zh-CN")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = pdf.make_stream((BUNDLED / "sRGB.icc").read_bytes())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    root.OutputIntents = Array([intent])


def _set_outline(pdf: pikepdf.Pdf, headings: Sequence[Heading]) -> None:
    if not headings:
        return
    with pdf.open_outline() as outline:
        parents: list[tuple[int, pikepdf.OutlineItem]] = []
        for heading in headings:
            item = pikepdf.OutlineItem(heading.title, heading.page)
            while parents and parents[-1][0] >= heading.level:
                parents.pop()
            (parents[-1][1].children if parents else outline.root).append(item)
            parents.append((heading.level, item))


def _attach(pdf: pikepdf.Pdf, attached: Sequence[AttachedFile], at: datetime) -> None:
    if not attached:
        return
    names, files = Array(), Array()
    for file in sorted(attached, key=lambda one: one.name):
        specification = pdf.make_indirect(_file_specification(pdf, file, at))
        names.extend([String(file.name), specification])
        files.append(specification)
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
    pdf.Root.AF = files


def _file_specification(pdf: pikepdf.Pdf, file: AttachedFile, at: datetime) -> Dictionary:
    stream = pdf.make_stream(file.data)
    stream.Type, stream.Subtype = Name.EmbeddedFile, Name("/" + file.media_type)
    # The checksum of the PDF specification is MD5; nothing here relies on it.
    digest = hashlib.md5(file.data, usedforsecurity=False).digest()
    stream.Params = Dictionary(Size=len(file.data), ModDate=String(_pdf_moment(at)), CheckSum=String(digest))
    embedded = pdf.make_indirect(stream)
    return Dictionary(
        Type=Name.Filespec,
        F=String(file.name),
        UF=String(file.name),
        AFRelationship=Name.Data,
        Desc=String(file.description),
        EF=Dictionary(F=embedded, UF=embedded),
    )


def _set_information(pdf: pikepdf.Pdf, description: Description) -> None:
    moment = String(_pdf_moment(description.at))
    # An Info entry without its twin in the XMP packet fails PDF/A, so the old ones go.
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(description.title),
            Author=String(description.author),
            Creator=String(PRODUCER),
            Producer=String(PRODUCER),
            CreationDate=moment,
            ModDate=moment,
        )
    )


def _pdf_moment(at: datetime) -> str:
    offset = at.strftime("%z")
    return at.strftime("D:%Y%m%d%H%M%S") + f"{offset[:3]}'{offset[3:5]}'"


def _packet(description: Description, flavour: Flavour) -> str:
    """The XMP packet: identification, Dublin Core, dates, and our own properties with their schema."""
    part, conformance, _ = flavour.value
    moment = description.at.isoformat(timespec="seconds")
    title, author = escape(description.title), escape(description.author)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{conformance}</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate><xmp:MetadataDate>{moment}</xmp:MetadataDate>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
{_own_properties(description.properties)}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def _own_properties(properties: Mapping[str, str]) -> str:
    """Properties outside the standard schemas, each declared in an extension schema as PDF/A asks."""
    if not properties:
        return ""
    declared = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{name}</pdfaProperty:description></rdf:li>"
        for name in properties
    )
    values = "".join(f"<do:{name}>{escape(value)}</do:{name}>" for name, value in properties.items())
    return f"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>DeskOffice archival metadata</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>do</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{declared}</rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:do="{NAMESPACE}">{values}</rdf:Description>
"""
