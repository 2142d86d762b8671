"""花脸稿: what each author took out and put in."""

import pytest

from deskoffice.domain.circulation.changes import Mark, Piece, Version, authors, marked


def shown(*texts: tuple[str, str]) -> list[str]:
    """Each paragraph with [-taken out-author] and {+put in+author}."""
    signs = {Mark.KEPT: "{}", Mark.DELETED: "[-{}-{}]", Mark.INSERTED: "{{+{}+{}}}"}
    return [
        "".join(signs[piece.mark].format(piece.text, piece.author) for piece in paragraph)
        for paragraph in marked([Version(*one) for one in texts])
    ]


def test_one_text_has_no_changes():
    assert marked([Version("孙芳", "甲\n乙")]) == ((Piece("甲"),), (Piece("乙"),))
    assert marked([]) == ()


def test_each_change_bears_its_author():
    drafted, reviewed, signed = (
        ("孙芳", "请各单位认真落实。"),
        ("赵明", "请各乡镇认真落实。"),
        ("张伟", "请各乡镇落实到位。"),
    )
    assert shown(drafted, reviewed, signed) == ["请各[-单位-赵明]{+乡镇+赵明}[-认真-张伟]落实{+到位+张伟}。"]


def test_what_one_put_in_and_another_took_out_is_still_seen():
    assert shown(("孙芳", "甲乙"), ("赵明", "甲丙乙"), ("张伟", "甲乙")) == ["甲[-丙-张伟]乙"]


def test_paragraphs_come_and_go():
    assert shown(("孙芳", "甲\n乙\n丙\n"), ("赵明", "甲\n丙\n丁\n")) == ["甲", "[-乙↵-赵明]丙", "{+丁+赵明}"]


@pytest.mark.parametrize("text", ["", "甲", "甲\n", "甲\n\n乙"])
def test_the_last_version_can_be_read_out_of_the_marks(text):
    paragraphs = marked([Version("孙芳", "甲乙\n丙"), Version("赵明", "乙\n丙丁"), Version("张伟", text)])
    lines = ["".join(piece.text for piece in one if piece.mark is not Mark.DELETED) for one in paragraphs]
    assert "\n".join(lines).rstrip("\n") == text.rstrip("\n")


def test_authors_are_named_once_in_the_order_of_the_text():
    paragraphs = marked([Version("孙芳", "甲乙丙"), Version("赵明", "甲丁丙"), Version("张伟", "戊甲丁丙")])
    assert authors(paragraphs) == ("张伟", "赵明")
