"""Walks the widgets of a form, with their types: Qt's own findChildren says none to the type checker."""

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QObject

W = TypeVar("W", bound=QObject)


def descendants(parent: QObject, kind: type[W]) -> Iterator[W]:
    """Everything of a kind under an object, in the order it was made."""
    for child in parent.children():
        if isinstance(child, kind):
            yield child
        yield from descendants(child, kind)
