"""What a message says, by whatever channel: how many things wait and where, nothing of any child."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Message:
    """Hold one message to one address.

    `name` is the same for the same message sent twice, and `again` says that it may have left before. `contact` and
    `edition` are those of a webhook's secret.
    """

    address: str
    name: str
    notices: tuple[UUID, ...]
    inbox: str
    at: datetime
    again: bool
    contact: int
    edition: int
    words: str = ""

    @property
    def things(self) -> str:
        """Say how many things wait; a test message has `words` of its own in that place."""
        if self.words:
            return self.words
        return "1 thing waits" if len(self.notices) == 1 else f"{len(self.notices)} things wait"
