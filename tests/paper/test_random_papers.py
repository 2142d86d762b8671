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
    # A letter has its mark 30 mm from the edge of the paper (H1, B19), rules of 170 mm (H4, H5) of which the lower is
    # taken for the one above the title (T3), and no number on page 1 (N1): GB/T 9704-2012 10.1.
    Layout.LETTER: {"H1", "H4", "H5", "B19", "N1", "T3"},
    # An order has its mark 20 mm below the upper edge of the type area (H1), no red line (H4), and the line of post and
    # name, which no line of the text fills, over a date that is sought flush left (B7): 10.2.
    Layout.ORDER: {"H1", "H4", "B7"},
    # Minutes have office and date between number and red line (H6), no addressee, for which the text is taken (T5), and
    # a free row above the names of who came (B1, B5): 10.3.
    Layout.MINUTES: {"H6", "T5", "B1", "B5"},
    Layout.DOCUMENT: set[str](),
    # The last signatories stand on the line of the number (7.2.6): H7 reads both as the number, H8 looks for its middle
    # where the label 签发人 is on a line above.
    Layout.UPWARD: {"H7", "H8"},
}
NOT_BESIDE_TABLES = {"B1", "B4", "B5", "B7", "B8", "R2", "R3", "R4", "R5"}
"""Rows are no lines of 28 characters at a pitch of 22; rules on a last page are taken for those of the imprint."""

NOT_BESIDE_ATTACHMENTS = {"B1", "B4", "B5", "B7", "B8"}
"""The text ends above the foot of the page before each, 附件 and its title are no full lines."""

NOT_OF_JOINT_PAPERS = {"H2", "D2", "D3", "D5", "D6", "D7", "B1", "B5"}
"""The first name of a joint mark is measured without 文件 beside it; of several seals the first is taken for the one
over the date; names in rows of seals leave white lines.
"""

FEW = 900
"""Characters of a text so short that chance makes most of its full lines (B8)."""


def not_asked(paper: RandomPaper, document: OfficialDocument) -> set[str]:
    """Rules that the checker asks of every file, and that the standard does not ask of this paper."""
    rules = set(NOT_OF_THIS_LAYOUT[document.layout])
    rules |= NOT_BESIDE_TABLES if paper.has_table else set()
    rules |= NOT_BESIDE_ATTACHMENTS if paper.has_bound else set()
    if len(document.issuers) > 1:
        rules |= NOT_OF_JOINT_PAPERS
    if document.layout is Layout.ORDER and document.classification and document.urgency:
        # Without a red line the checker takes the words over the mark for lines of text.
        rules |= {"B8"}
    return rules | {"B8"} if len(paper.text) < FEW else rules


def is_asked(rule: str, exempt: set[str]) -> bool:
    """Of a paper on two pages the second is taken for a full one (B1) when it has 20 lines or 21.

    Name and date count there, the free row above them does not.
    """
    return rule.split(maxsplit=1)[0] not in exempt and not rule.endswith((": {2: 20}", ": {2: 21}"))


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
        exempt = not_asked(paper, document)
        broken = [rule for rule in failed_rules(done.pdf) if is_asked(rule, exempt)]
        if broken:
            failures[seed] = (document.layout.value, broken)
    print(f"{PAPERS} papers, {pages} pages")  # noqa: T201
    assert failures == {}
