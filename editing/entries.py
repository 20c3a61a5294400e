"""What an editor adds to the guides: a phrase of a topic, a service, a matter of elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Literal

import yaml

from desk.topics import Topic, Topics
from editing.insertion import NoPlace, Page, Value
from editing.words import Say
from editing.writing import tidy, write
from facts import folders, schema
from facts.guides import Guides
from facts.model import Case, Elsewhere, Hall, Journey, Office, Service
from intents.fold import has_han
from intents.pinyin import syllable

Phrase = Literal["also", "ask"]
"""A name of a topic, or a whole question about it."""
KINDS = ("service", "case", "elsewhere", "journey")
"""The kinds of topics that have phrases of their own."""
_LISTS: dict[str, tuple[str, type]] = {
    "elsewhere": ("elsewhere", Elsewhere),
    "journey": ("journeys", Journey),
}
LONGEST_ID = 40


def add_phrase(root: Path, topic: Topic, field: Phrase, text: str, say: Say) -> Path:
    """Add a phrase to a topic where it stands in its file. Raises `NotWritten`."""
    text = tidy(text)

    def change(written: str) -> str:
        page = Page(written)
        mapping, owner = _mapping(page, topic)
        found = _value(mapping, owner, field)
        if isinstance(found, yaml.ScalarNode) and found.value.strip():
            return page.replaced(found, text)
        if found is not None:
            return page.with_(page.item(found, text))
        return page.with_(page.key(mapping, _key(mapping, owner, field), [text]))

    def holds(guides: Guides) -> bool:
        now = Topics(guides.halls).find(topic.label)
        return now is not None and text in getattr(now.item, field)

    file = file_of(topic)
    write(file, root, change, holds, say)
    return file


def file_of(topic: Topic) -> Path:
    """The file in which a topic stands."""
    return _file(topic.hall, _stem(topic))


def add_service(root: Path, hall: Hall, office: str, name: str, ask: str, say: Say) -> Path:
    """Add a service of which only the name and a question are known yet. Raises `NotWritten`."""
    known = next(each for each in hall.offices if each.id == office)
    new = new_id(name, [each.id for each in known.services])
    fields = {"id": new, "name": tidy(name), "ask": [tidy(ask)]}

    def change(written: str) -> str:
        page = Page(written)
        if not isinstance(page.root, yaml.MappingNode):
            raise NoPlace
        items = _value(page.root, Office, "services")
        if isinstance(items, yaml.SequenceNode) and (items.value or items.flow_style):
            return page.with_(page.entry(items, _named(page.root, Service, fields)))
        if items is not None:
            raise NoPlace
        key = _key(page.root, Office, "services")
        lines = [f"{key}:", *_first(_named(page.root, Service, fields), "  ")]
        return page.with_(page.at_the_end(lines))

    def holds(guides: Guides) -> bool:
        now = guides.hall(hall.id)
        every = (each for of, each in now.services() if of.id == office) if now else ()
        return any(each.id == new and fields["ask"][0] in each.ask for each in every)

    file = _file(hall, office)
    write(file, root, change, holds, say)
    return file


def add_elsewhere(root: Path, hall: Hall, name: str, authority: str, ask: str, say: Say) -> Path:
    """Add a matter that another authority handles. Raises `NotWritten`."""
    new = new_id(name, [each.id for each in hall.elsewhere])
    fields: dict[str, Value] = {"id": new, "name": tidy(name)}
    if authority.strip():
        fields["authority"] = tidy(authority)
    fields["ask"] = [tidy(ask)]

    def change(written: str) -> str:
        page = Page(written)
        match page.root:
            case None:
                return page.with_(page.at_the_end(_first(list(fields.items()), "")))
            case yaml.SequenceNode() as items if items.value or items.flow_style:
                like = items.value[0] if items.value else items
                return page.with_(page.entry(items, _named(like, Elsewhere, fields)))
        raise NoPlace

    def holds(guides: Guides) -> bool:
        now = guides.hall(hall.id)
        return now is not None and any(each.id == new for each in now.elsewhere)

    file = _file(hall, "elsewhere")
    write(file, root, change, holds, say)
    return file


def new_id(name: str, taken: Collection[str]) -> str:
    """An id for a name that no other has: its English words, or how its characters sound."""
    spelt = "".join(f"-{syllable(each)}-" if has_han(each) else each for each in name)
    whole = re.sub("[^a-z0-9]+", "-", spelt.casefold()).strip("-")[:LONGEST_ID].strip("-")
    whole = whole or "new"
    number = 2
    found = whole
    while found in taken:
        found, number = f"{whole}-{number}", number + 1
    return found


def _stem(topic: Topic) -> str:
    if topic.office is not None:
        return topic.office.id
    return _LISTS[topic.kind][0]


def _file(hall: Hall, stem: str) -> Path:
    if hall.folder is None:
        raise ValueError(f"the hall {hall.id} was not read from a folder")
    return folders.files(hall.folder).get(stem) or hall.folder / f"{stem}.yaml"


def _mapping(page: Page, topic: Topic) -> tuple[yaml.MappingNode, type]:
    """The mapping that tells of a topic. Raises `NoPlace`."""
    if topic.service is None:
        owner = _LISTS[topic.kind][1]
        return _with_id(page.root, owner, topic.id.rpartition("/")[2]), owner
    if not isinstance(page.root, yaml.MappingNode):
        raise NoPlace
    services = _value(page.root, Office, "services")
    service = _with_id(services, Service, topic.service.id)
    if topic.case is None:
        return service, Service
    return _with_id(_value(service, Service, "cases"), Case, topic.case), Case


def _with_id(items: yaml.Node | None, owner: type, wanted: str) -> yaml.MappingNode:
    each = items.value if isinstance(items, yaml.SequenceNode) else [items]
    for node in each:
        if isinstance(node, yaml.MappingNode):
            told = _value(node, owner, "id")
            if isinstance(told, yaml.ScalarNode) and told.value.strip() == wanted:
                return node
    raise NoPlace


def _value(mapping: yaml.Node | None, owner: type, field: str) -> yaml.Node | None:
    """What stands under a key, by whichever of its names. Raises `NoPlace` for an alias."""
    known = schema.keys(owner)
    for key, value in mapping.value if isinstance(mapping, yaml.MappingNode) else ():
        name = str(key.value).strip()
        if name in known and known[name].field == field:
            at, of = (value.start_mark, key.start_mark)
            if (at.line, at.column) < (of.line, of.column):
                raise NoPlace
            return value  # type: ignore[no-any-return]
    return None


def _key(mapping: yaml.Node, owner: type, field: str) -> str:
    """A key in the language in which the keys of this mapping are written."""
    found = next(each for each in schema.fields(owner) if each.field == field)
    chinese = isinstance(mapping, yaml.MappingNode) and any(
        has_han(str(key.value)) for key, _ in mapping.value
    )
    return found.chinese[0] if chinese else found.name


def _named(like: yaml.Node, owner: type, fields: dict[str, Value]) -> list[tuple[str, Value]]:
    return [(_key(like, owner, field), value) for field, value in fields.items()]


def _first(fields: list[tuple[str, Value]], indent: str) -> list[str]:
    """The lines of the first entry of a list."""
    page = Page(f"{indent}- x: 1\n")
    root = page.root
    if not isinstance(root, yaml.SequenceNode):
        raise NoPlace
    return page.entry(root, fields).text.splitlines()
