"""Papers of the past and what is to be written of them, for the older part of the practice year."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from deskoffice.domain.circulation.incoming import IncomingDraft
from deskoffice.domain.circulation.outgoing import OutgoingDraft
from deskoffice.domain.matters import ContentRole, MatterKind, StepKind
from deskoffice.domain.people import Actor
from deskoffice.storage.matters import MatterContentRecord
from deskoffice.vault.contents import Audience

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story

Draft = IncomingDraft | OutgoingDraft
Rows = dict[type, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step long done: who, when it reached him and when he did it (places in the paper's moments), what he said."""

    kind: StepKind
    actor: Actor | None
    sent: int
    done: int
    said: str = ""
    unit: str = ""


@dataclass(slots=True)
class Paper:
    """A paper of the past: what was typed, when each act was, what each step was."""

    matter_id: int
    draft: Draft
    kind: MatterKind
    series_id: int
    unit: str
    clerk: Actor
    acts: tuple[str, ...]
    moments: list[datetime]
    steps: tuple[PastStep, ...]
    body: str
    body_name: str
    numbered_at: int
    """Which of the moments gave it its number."""
    number: str = ""
    changed: int = 0
    audience: Audience = field(default_factory=Audience.everyone)


@dataclass(frozen=True, slots=True)
class Later:
    """The place of a text among those that are sealed together at the end; its content gets its number then."""

    place: int


@dataclass(slots=True)
class History:
    """Everything to be written, by record class."""

    story: "Story"
    papers: list[Paper] = field(default_factory=list)
    rows: Rows = field(default_factory=dict)
    texts: list[tuple[str, Audience]] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    """代字 of each series."""
    serials: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, record: type, **values: object) -> None:
        """One row."""
        self.rows.setdefault(record, []).append(values)

    def seal(self, paper: Paper, text: str) -> Later:
        """A text sealed to those who may know the paper."""
        self.texts.append((text, paper.audience))
        return Later(len(self.texts) - 1)

    def numbered(self) -> Rows:
        """The rows, once every text is sealed and has its number."""
        ids = self.story.office.vault.contents.put_texts(self.story.session, self.texts)
        return {
            record: [
                {name: ids[value.place] if isinstance(value, Later) else value for name, value in row.items()}
                for row in rows
            ]
            for record, rows in self.rows.items()
        }

    def content(self, paper: Paper, data: bytes, role: ContentRole, *, name: str, media_type: str) -> int:
        """A file of the paper; gives its number. Search covers the text of the body only."""
        contents = self.story.office.vault.contents
        content_id = contents.put(self.story.session, data, paper.audience, name=name, media_type=media_type)
        self.add(
            MatterContentRecord,
            matter_id=paper.matter_id,
            content_id=content_id,
            name_content_id=self.seal(paper, name),
            text_content_id=self.seal(paper, paper.body) if role is ContentRole.BODY else None,
            role=role.value,
            version=1,
            media_type=media_type,
            size=len(data),
            author_id=paper.clerk.account_id,
            created_at=paper.moments[0],
        )
        return content_id
