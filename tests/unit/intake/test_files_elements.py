"""XML is read child by child, and none of its powers is used."""

import io
import tracemalloc

import pytest

from sightline.domain.intake.files.elements import line_of, read_elements
from sightline.domain.intake.row import FileRefused


def read(content):
    return read_elements(io.BytesIO(content), root="Message", parent="Children", child="Child")


def refusal_of(content):
    with pytest.raises(FileRefused) as refused:
        list(read(content))
    return refused.value.because


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<Message><Children><Child><a>&lol2;</a></Child></Children></Message>"""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB, "document type"),
        (BOMB.replace(b"<!DOCTYPE", b"<!doctype"), "document type"),
        (b"<!DOCTYPE Message SYSTEM 'file:///etc/passwd'><Message/>", "document type"),
        (b"<Message>" + b" " * 300_000 + b"<!DOCTYPE x></Message>", "document type"),
        (b"<Message><Children><Child>&nbsp;</Child></Children></Message>", "broken at line 1"),
        (b"<Message>\n<Children>\n<Child></Chil></Children></Message>", "broken at line 3"),
        (b"<Message><Children><Child></Child>", "broken"),
        (b"<Message><Children/></Message>", "holds no Child"),
        (b"<Other><Children><Child/></Children></Other>", "not Message"),
        (b"<Other/>", "not Message"),
        (b"<Message><Other><Child/></Other></Message>", "holds no Child"),
        ("<Message/>".encode("utf-16"), "UTF-8"),
        (b'<?xml version="1.0" encoding="UTF-7"?><Message/>', "UTF-8"),
        (b'<?xml version="1.0" encoding="IBM037"?><Message/>', "UTF-8"),
        (b"<Message>\0</Message>", "NUL"),
        (b"<Message><Children>" + b"<x/>" * 400_000, "no Child ends"),
        (b"<Message><Children><Child>" + b"<x>1</x>" * 200_000, "no Child ends"),
        (b"<" + b"a" * 2_000_000, "broken"),
        (b"<Message>" + b"<a>" * 400 + b"</a>" * 400 + b"</Message>", "broken"),
    ],
)
def test_what_no_census_file_holds_is_refused_whole(content, words):
    because = refusal_of(content)
    assert words in because or "no Child ends" in because


def test_children_come_with_their_lines_and_without_namespaces():
    children = b"<Child><Id>1</Id></Child>\n\n<Child><Id>2</Id></Child>"
    content = b'<Message xmlns="urn:x">\n<Children>\n' + children + b"</Children></Message>"
    assert [(line_of(child), child.findtext("Id")) for child in read(content)] == [(3, "1"), (5, "2")]


def test_lines_are_counted_beyond_sixty_five_thousand():
    content = b"<Message>" + b"\n" * 70_000 + b"<Children><Child><Id>1</Id></Child></Children></Message>"
    assert [line_of(child) for child in read(content)] == [70_001]


def test_a_declared_encoding_is_honoured():
    content = '<?xml version="1.0" encoding="ISO-8859-1"?><Message><Children><Child>Zoë</Child></Children></Message>'
    assert [child.text for child in read(content.encode("latin-1"))] == ["Zoë"]


def test_memory_stays_bounded_over_many_children():
    class Many(io.RawIOBase):
        """A file of a hundred thousand children that is made while it is read."""

        def __init__(self):
            self.piece = b"<Child><Id>" + b"1" * 300 + b"</Id></Child>\n"
            self.restart()

        def restart(self):
            self.left, self.rest = 100_000, b"<Message><Children>"

        def seek(self, offset, whence=0):
            assert (offset, whence) == (0, 0)
            self.restart()
            return 0

        def read(self, size=-1):
            while self.left and len(self.rest) < size:
                self.rest += self.piece * min(self.left, 500)
                self.left -= min(self.left, 500)
                if not self.left:
                    self.rest += b"</Children></Message>"
            given, self.rest = self.rest[:size], self.rest[size:]
            return given

    tracemalloc.start()
    count = sum(1 for _ in read_elements(Many(), root="Message", parent="Children", child="Child"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 20_000_000
