"""Random papers as Word files, opened by LibreOffice and by our own reader: no character of the text is lost."""

import os
import random
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from paper.random_papers import RandomPaper, random_paper

from deskoffice.paper.documents import document_from_meta, read_body, to_docx
from deskoffice.paper.model import OfficialDocument, blocks_text

PAPERS = 20


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def built(one: RandomPaper) -> OfficialDocument:
    return document_from_meta(read_body("a.md" if one.has_table else "a.txt", one.text.encode()), one.meta)


def papers() -> list[OfficialDocument]:
    return [built(random_paper(random.Random(seed))) for seed in range(PAPERS)]


@pytest.mark.skipif(not os.environ.get("DESKOFFICE_SOAK"), reason="LibreOffice takes half a minute: DESKOFFICE_SOAK=1")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.timeout(900)
def test_libreoffice_reads_every_character_of_twenty_papers(tmp_path: Path) -> None:
    documents = papers()
    files = [tmp_path / f"{number}.docx" for number in range(PAPERS)]
    for file, document in zip(files, documents, strict=True):
        file.write_bytes(to_docx(document))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, files)], capture_output=True, timeout=600, check=True)
    for file, document in zip(files, documents, strict=True):
        read = squeezed(file.with_suffix(".txt").read_text("utf-8-sig"))
        wanted = (document.title, document.addressee, document.document_number, blocks_text(document.blocks))
        assert all(squeezed(words) in read for words in wanted), file.name


@pytest.mark.parametrize("seed", range(PAPERS if os.environ.get("DESKOFFICE_SOAK") else 3))
def test_our_own_reader_takes_back_every_character(seed: int) -> None:
    document = built(random_paper(random.Random(seed)))
    back = read_body("back.docx", to_docx(document))
    bound = "".join(one.title + blocks_text(one.blocks) for one in back.attachments)
    lost = Counter(squeezed(blocks_text(document.blocks))) - Counter(squeezed(back.title + back.text + bound))
    assert not lost
