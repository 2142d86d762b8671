"""Search finds what contains the query, and nothing else, in whatever spelling a person types."""

import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskoffice.domain.errors import EnvironmentFailure, VaultError
from deskoffice.vault.fold import fold, terms
from deskoffice.vault.index import SearchIndex

ALPHABET = "保密工作通知一二关于，。、；：“”（）〔〕[]《》—-/·★ \n0123629号年AbcＡ１𠮷𫠣鿿①％*\"'|"


@pytest.fixture
def index(tmp_path):
    index = SearchIndex(tmp_path / "1.index", bytearray(os.urandom(32)))
    yield index
    index.close()


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("收[2026]5号", "收〔2026〕5号"),
        ("收（２０２６）５号", "收〔2026〕5号"),
        ("收【2026】 5 号", "收〔2026〕5号"),
        ("收 (2026) 5号", "收〔2026〕5号"),
        ("gb/t9704-2012", "GB/T 9704—2012"),
        ("“放管服”", "深化「放管服」改革"),
        ("ＡＢＣ", "abc"),
        ("hello", "Hello world"),
        ("保密检查", "保 密 检 查"),
        ("机密★10年", "机密★１０年"),
        ("𠮷", "𠮷野家"),
        ("026〕5", "收〔2026〕5号"),
        ("通知 2026", "2026年的通知"),
        ("检查 保密", "保密工作检查"),
        ("〔", "收〔2026〕5号"),
        ("，", "保，密"),
    ],
)
def test_a_document_is_found_however_it_is_typed(index, typed, stands):
    index.put(7, stands)
    assert index.search(typed, 10) == [7]
    assert index.count(typed) == 1


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("保密", "保，密"),
        ("保密", "保\n密"),
        ("保，密", "保。密"),
        ("2026", "202号，6年"),
        ("loworld", "hello world"),
        ("收〔2026〕5号", "收〔2026〕15号"),
        ("保密 会议", "保密工作"),
        ("，", "。"),
        ("", "通知"),
        ('" OR "', "通知"),
    ],
)
def test_what_is_not_there_is_not_found(index, typed, stands):
    index.put(7, stands)
    assert index.search(typed, 10) == []
    assert index.count(typed) == 0


def test_newest_come_first_and_the_limit_holds(index):
    for key in (3, 9, 5):
        index.put(key, "关于保密工作的通知")
    assert index.search("保密", 2) == [9, 5]
    assert index.count("保密") == 3


def test_a_text_put_again_replaces_the_earlier_one(index):
    index.put(1, "保密")
    index.put(1, "会议")
    assert (index.search("保密", 9), index.search("会议", 9)) == ([], [1])


def test_deleted_words_are_gone_from_the_file(tmp_path):
    key = bytearray(os.urandom(32))
    index = SearchIndex(tmp_path / "1.index", bytearray(key))
    with index.batch():
        for number in range(50):
            index.put(number, "绝密内容标记")
    index.put(99, "会议")
    index.delete(range(50))
    assert index.search("绝密", 9) == []
    with index._database.read() as session:
        pages = session.connection().exec_driver_sql("SELECT group_concat(hex(block)) FROM entry_data").scalar()
    index.close()
    assert "绝".encode().hex().upper() not in pages


def test_the_mark_is_kept_with_the_texts_of_its_batch(tmp_path):
    key = os.urandom(32)
    index = SearchIndex(tmp_path / "1.index", bytearray(key))
    with index.batch():
        index.put(1, "保密")
        index.set_mark(17)
    with suppress(ZeroDivisionError), index.batch():
        index.put(2, "保密")
        index.set_mark(18)
        raise ZeroDivisionError
    index.close()
    again = SearchIndex(tmp_path / "1.index", bytearray(key))
    assert (again.mark(), again.search("保密", 9)) == (17, [1])
    again.close()


@pytest.mark.parametrize("harm", ["another key", "damaged", "missing", "not a database"])
def test_an_unusable_file_is_replaced_by_an_empty_one(tmp_path, harm):
    path, key = tmp_path / "1.index", os.urandom(32)
    index = SearchIndex(path, bytearray(key))
    index.put(1, "保密")
    index.set_mark(5)
    index.close()
    if harm == "another key":
        key = os.urandom(32)
    elif harm == "missing":
        path.unlink()
    else:
        path.write_bytes(b"\0" * 5000 if harm == "damaged" else b"junk")
    again = SearchIndex(path, bytearray(key))
    assert (again.mark(), again.search("保密", 9)) == (0, [])
    again.put(1, "保密")
    assert again.search("保密", 9) == [1]
    again.close()


def test_a_read_only_medium_serves_a_whole_index_only(tmp_path):
    path, key = tmp_path / "1.index", os.urandom(32)
    with pytest.raises(EnvironmentFailure, match="disk_read_only"):
        SearchIndex(path, bytearray(key), mode="immutable")
    index = SearchIndex(path, bytearray(key))
    index.put(1, "保密")
    index.close()
    again = SearchIndex(path, bytearray(key), mode="immutable")
    assert again.search("保密", 9) == [1]
    again.close()
    path.write_bytes(bytes(9000))
    with pytest.raises(EnvironmentFailure, match="disk_read_only"):
        SearchIndex(path, bytearray(key), mode="immutable")
    assert path.read_bytes() == bytes(9000)


def test_damage_met_later_is_told_and_mended_never_a_silent_miss(tmp_path):
    path, key = tmp_path / "1.index", os.urandom(32)
    index = SearchIndex(path, bytearray(key))
    with index.batch():
        for number in range(3000):
            index.put(number, f"关于第{number}次保密工作会议的通知")
        index.set_mark(3000)
    index.close()
    data = bytearray(path.read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 + 100] ^= 1
    path.write_bytes(data)
    again = SearchIndex(path, bytearray(key))
    with pytest.raises(VaultError, match="vault_index_damaged"):
        again.search("保密", 5000)
    assert again.mark() == 0
    again.close()


def test_cleared_means_everything_is_put_again(index):
    index.put(1, "保密")
    index.set_mark(3)
    index.clear()
    assert (index.mark(), index.search("保密", 9)) == (0, [])
    index.put(1, "保密")
    assert index.search("保密", 9) == [1]


def test_no_text_stands_readable_in_the_file(tmp_path):
    index = SearchIndex(tmp_path / "1.index", bytearray(os.urandom(32)))
    index.put(1, "绝密内容标记")
    files = [path.read_bytes() for path in tmp_path.iterdir()]
    index.close()
    assert not any("绝密".encode() in data or b"SQLite format" in data for data in files)


texts = st.text(ALPHABET, max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(texts, min_size=1, max_size=8), data=st.data())
def test_search_agrees_with_reading_every_text(index, bodies, data):
    index.clear()
    with index.batch():
        for key, body in enumerate(bodies):
            index.put(key, body)
    source = data.draw(st.sampled_from(bodies))
    start = data.draw(st.integers(0, len(source)))
    cut = source[start : start + data.draw(st.integers(1, 5))]
    for query in (cut, data.draw(st.text(ALPHABET, max_size=4))):
        wanted = terms(query)
        truth = [key for key, body in enumerate(bodies) if all(term in fold(body) for term in wanted)]
        found = index.search(query, 100)
        assert found == (sorted(truth, reverse=True) if wanted else [])
    # What was cut out of a text is never missed there.
    assert not terms(cut) or bodies.index(source) in index.search(cut, 100)
