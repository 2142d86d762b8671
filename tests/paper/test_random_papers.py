"""Papers by chance in all five layouts, measured by the office's own checker to a tenth of a millimetre."""

import os
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from paper.random_papers import RandomPaper, random_paper

from deskoffice.paper.documents import document_from_meta, read_body
from deskoffice.paper.model import Layout, OfficialDocument, SealImpression

PAPERS = 300 if os.environ.get("DESKOFFICE_SOAK") else 8

NOT_OF_THIS_LAYOUT = {
    # The checker knows ordinary documents: a letter's mark stands 30 mm from the edge of the paper, an order has no red
    # line, an upward paper has its signatories on the line of the number, minutes have office and date there.
    Layout.LETTER: {"H1", "H4", "H5", "B19", "N1", "T3"},
    Layout.ORDER: {"H1", "H4", "B7"},
    Layout.MINUTES: {"H6", "T5", "B1", "B5"},
    Layout.UPWARD: {"H7", "H8"},
    Layout.DOCUMENT: set[str](),
}
NOT_BESIDE_TABLES = {"D7", "B1", "B4", "B5", "B7", "B8", "B10", "B17", "B18", "B6", "R2", "R3", "R4", "R5", "R6"}
# The names of a joint mark stand beside 文件, several seals in rows that take half a page.
NOT_OF_JOINT_PAPERS = {"H2", "D2", "D3", "D5", "D6", "D7", "B1", "B5"}
FEW = 900
"""Characters of a text so short that chance makes most of its full lines."""


def not_asked(paper: RandomPaper, document: OfficialDocument) -> set[str]:
    """Rules that the checker asks of every file, and that the standard does not ask of this paper."""
    rules = set(NOT_OF_THIS_LAYOUT[document.layout])
    if paper.has_table or paper.has_bound:
        rules |= NOT_BESIDE_TABLES
    if len(document.issuers) > 1:
        rules |= NOT_OF_JOINT_PAPERS
    if document.layout is Layout.ORDER and document.classification and document.urgency:
        # Without a red line the checker takes the words over the mark for lines of text.
        rules |= {"B8"}
    return rules | {"B8"} if len(paper.text) < FEW else rules


def built(paper: RandomPaper, seal_picture: bytes) -> OfficialDocument:
    name = "draft.md" if paper.has_table else "draft.txt"
    document = document_from_meta(read_body(name, paper.text.encode()), paper.meta)
    return replace(document, seals=(SealImpression(seal_picture, 42.0),) * paper.seals)


@pytest.mark.timeout(3600)
def test_random_papers_keep_every_rule_that_is_asked_of_them(
    printed: Callable, failed_rules: Callable, seal_picture: bytes
) -> None:
    failures = {}
    pages = 0
    for seed in range(PAPERS):
        paper = random_paper(random.Random(seed), list(Layout)[seed % 5])
        document = built(paper, seal_picture)
        done = printed(document)
        pages += done.pages
        broken = [rule for rule in failed_rules(done.pdf) if rule.split()[0] not in not_asked(paper, document)]
        if broken:
            failures[seed] = (document.layout.value, broken)
    print(f"{PAPERS} papers, {pages} pages")  # noqa: T201
    assert failures == {}
